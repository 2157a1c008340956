-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- An invented office, with the tables and columns of FreePBX 16 and 17
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET TIME_ZONE='+00:00' */;
DROP TABLE IF EXISTS `admin`;
CREATE TABLE `admin` (
  `variable` varchar(20) NOT NULL DEFAULT '',
  `value` varchar(80) NOT NULL DEFAULT ''
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `admin` VALUES ('need_reload','false'),('version','16.0.40');
CREATE TABLE `users` (
  `extension` varchar(20) NOT NULL DEFAULT '',
  `password` varchar(20) DEFAULT NULL,
  `name` varchar(50) DEFAULT NULL,
  `voicemail` varchar(50) DEFAULT NULL,
  `ringtimer` int(11) DEFAULT NULL,
  `noanswer` varchar(100) DEFAULT NULL,
  `recording` varchar(50) DEFAULT NULL,
  `outboundcid` varchar(50) DEFAULT NULL,
  `sipname` varchar(50) DEFAULT NULL,
  `noanswer_cid` varchar(20) NOT NULL DEFAULT '',
  `busy_cid` varchar(20) NOT NULL DEFAULT '',
  `chanunavail_cid` varchar(20) NOT NULL DEFAULT '',
  `noanswer_dest` varchar(255) NOT NULL DEFAULT '',
  `busy_dest` varchar(255) NOT NULL DEFAULT '',
  `chanunavail_dest` varchar(255) NOT NULL DEFAULT '',
  `mohclass` varchar(80) DEFAULT 'default',
  KEY `extension` (`extension`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `users` VALUES ('1001','pass-1001','Ada Lovelace','default',0,'','','','','','','','','','','default'),('1002','','Bob, \"the\" builder','novm',15,'','','5550100','','','','','','','','default');
INSERT INTO `users` VALUES ('1003','','Cy at a gate','novm',0,'','','','','','','','','','','default'),('1004','','Zoë O\'Hara','default',0,'','','','','','','','','','','default');
CREATE TABLE `devices` (
  `id` varchar(20) NOT NULL DEFAULT '',
  `tech` varchar(10) NOT NULL DEFAULT '',
  `dial` varchar(255) NOT NULL DEFAULT '',
  `devicetype` varchar(5) NOT NULL DEFAULT '',
  `user` varchar(50) DEFAULT NULL,
  `description` varchar(50) DEFAULT NULL,
  `emergency_cid` varchar(100) DEFAULT NULL,
  `hint_override` varchar(100) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `devices` VALUES
('1001','pjsip','PJSIP/1001','fixed','1001','Ada','',NULL),
('1002','pjsip','PJSIP/1002','fixed','1002','Bob','',NULL),
('1003','custom','Local/4@gate','fixed','1003','Cy','',NULL),
('1004','sip','SIP/1004','fixed','1004','Zoë','',NULL),
('1099','pjsip','PJSIP/1099','adhoc','','Hall','',NULL);
CREATE TABLE `sip` (
  `id` varchar(20) NOT NULL DEFAULT '-1',
  `keyword` varchar(30) NOT NULL DEFAULT '',
  `data` varchar(8100) NOT NULL,
  `flags` int(11) NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `sip` VALUES ('1001','secret','do-not-show',2),('1001','context','from-internal',5),('1001','max_contacts','2',9);
CREATE TABLE `queues_config` (
  `extension` varchar(20) NOT NULL DEFAULT '',
  `descr` varchar(35) NOT NULL DEFAULT '',
  `grppre` varchar(100) NOT NULL DEFAULT '',
  `alertinfo` varchar(254) NOT NULL DEFAULT '',
  `ringing` tinyint(1) NOT NULL DEFAULT 0,
  `maxwait` varchar(8) NOT NULL DEFAULT '',
  `password` varchar(20) NOT NULL DEFAULT '',
  `ivr_id` varchar(8) NOT NULL DEFAULT '0',
  `dest` varchar(50) NOT NULL DEFAULT '',
  `cwignore` tinyint(1) NOT NULL DEFAULT 0,
  `queuewait` tinyint(1) DEFAULT 0,
  `use_queue_context` tinyint(1) DEFAULT 0,
  `togglehint` tinyint(1) DEFAULT 0,
  `qnoanswer` tinyint(1) DEFAULT 0,
  `callconfirm` tinyint(1) DEFAULT 0,
  `callconfirm_id` int(11) DEFAULT NULL,
  `qregex` varchar(255) DEFAULT NULL,
  `agentannounce_id` int(11) DEFAULT NULL,
  `joinannounce_id` int(11) DEFAULT NULL,
  `monitor_type` varchar(5) DEFAULT NULL,
  `monitor_heard` int(11) DEFAULT NULL,
  `monitor_spoken` int(11) DEFAULT NULL,
  `callback_id` varchar(8) NOT NULL DEFAULT ''
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `queues_config` VALUES ('600','Sales','S:','',0,'120','4321','2','ext-local,vmu1001,1',1,0,0,0,0,0,NULL,'',NULL,5,'',0,0,'none'),('610','Support','','',0,'','','none','ext-queues,600,1',0,0,2,0,1,1,NULL,'',6,99,'b',3,0,'none');
CREATE TABLE `queues_details` (
  `id` varchar(45) NOT NULL DEFAULT '-1',
  `keyword` varchar(30) NOT NULL DEFAULT '',
  `data` varchar(150) NOT NULL DEFAULT '',
  `flags` int(11) NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `queues_details` VALUES ('600','announce-frequency','0',0),('600','announce-holdtime','no',0),('600','announce-position','no',0),('600','answered_elsewhere','0',0),('600','autofill','yes',0),('600','autopause','no',0),('600','cron_schedule','never',0),('600','joinempty','yes',0),('600','leavewhenempty','no',0),('600','maxlen','5',0),('600','member','Local/1002@from-queue/n,1',1),('600','member','Local/1001@from-queue/n,0',0),('600','member','Local/4930555123@from-queue/n,1',2),('600','member','Local/1003@from-queue/n,0',3),('600','monitor-join','yes',0),('600','music','jazz',0),('600','queue-youarenext','silence/1',0),('600','queue-thankyou','',0),('600','recording','force',0),('600','retry','none',0),('600','ringinuse','no',0),('600','rvolume','',0),('600','servicelevel','60',0),('600','strategy','ringall',0),('600','timeout','15',0),('600','weight','0',0),('600','wrapuptime','5',0),('600','skip_joinannounce','free',0);
INSERT INTO `queues_details` (`id`, `keyword`, `data`, `flags`) VALUES ('610','strategy','fewestcalls',0),('610','timeout','0',0),('610','retry','5',0),('610','rvolume','4',0),('610','recording','dontcare',0),('610','member','Local/1004@from-queue/n,0',0);
CREATE TABLE `ringgroups` (
  `grpnum` varchar(20) NOT NULL,
  `strategy` varchar(50) NOT NULL,
  `grptime` smallint(6) NOT NULL,
  `grppre` varchar(100) DEFAULT NULL,
  `grplist` varchar(255) NOT NULL,
  `annmsg_id` int(11) DEFAULT NULL,
  `postdest` varchar(255) DEFAULT NULL,
  `description` varchar(35) NOT NULL,
  `alertinfo` varchar(255) DEFAULT NULL,
  `remotealert_id` int(11) DEFAULT NULL,
  `needsconf` varchar(10) DEFAULT NULL,
  `toolate_id` int(11) DEFAULT NULL,
  `ringing` varchar(80) DEFAULT NULL,
  `cwignore` varchar(10) DEFAULT NULL,
  `cfignore` varchar(10) DEFAULT NULL,
  `cpickup` varchar(10) DEFAULT NULL,
  `recording` varchar(10) DEFAULT 'dontcare',
  `progress` varchar(10) DEFAULT NULL,
  `elsewhere` varchar(10) DEFAULT NULL,
  `rvolume` varchar(2) NOT NULL DEFAULT ''
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ringgroups` VALUES ('620','hunt-prim',12,'','1002-1001-4930555123#',NULL,'ext-queues,600,1','Front desk','',NULL,'CHECKED',NULL,'jazz','','CHECKED','','always','yes','no',''),('621','ringall',25,'R:','1001-1003',5,'app-blackhole,busy,1','All','',NULL,'',NULL,'Ring','','','','dontcare','yes','no','');
CREATE TABLE `incoming` (
  `cidnum` varchar(50) DEFAULT NULL,
  `extension` varchar(50) NOT NULL,
  `destination` varchar(50) DEFAULT NULL,
  `privacyman` tinyint(1) DEFAULT NULL,
  `alertinfo` varchar(255) DEFAULT NULL,
  `ringing` varchar(20) DEFAULT NULL,
  `fanswer` varchar(20) DEFAULT NULL,
  `mohclass` varchar(80) NOT NULL DEFAULT 'default',
  `description` varchar(80) DEFAULT NULL,
  `grppre` varchar(80) DEFAULT NULL,
  `delay_answer` int(11) DEFAULT NULL,
  `pricid` varchar(20) DEFAULT NULL,
  `pmmaxretries` varchar(2) DEFAULT NULL,
  `pmminlength` varchar(2) DEFAULT NULL,
  `reversal` varchar(10) DEFAULT NULL,
  `rvolume` varchar(2) DEFAULT '',
  `indication_zone` varchar(20) DEFAULT 'default'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `incoming` VALUES ('','5550100','timeconditions,1,1',0,'','','','default','Office','',0,'','3','10','','','default'),('','5550101','ext-queues,600,1',0,'','CHECKED','','jazz','Sales','',0,'','3','10','','','default'),('5557777','5550101','app-blackhole,hangup,1',0,'','','','default','A pest','',0,'','3','10','','','default'),('_44X.','5550101','ext-queues,610,1',0,'','','','default','','',0,'','3','10','','','default'),('+15558888','5550101','ext-queues,610,1',0,'','','','default','','',0,'','3','10','','','default'),('','+13125550102','timeconditions,2,1',1,'','','','default','Holidays','',2,'','3','10','','','default'),('','_555020X','ext-group,620,1',0,'','','','default','Desk','',0,'','3','10','','','default'),('','','ivr-2,s,1',0,'','','','default','Any','',0,'','3','10','','','default'),('','5550104','timeconditions,4,1',0,'','','','default','Calendar','',0,'','3','10','','','default'),('5559999','5550105','ext-queues,600,1',0,'','','','default','','',0,'','3','10','','','default'),('','55.01;06','ext-queues,600,1',0,'','','','default','Odd','',0,'','3','10','','','default');
CREATE TABLE `timeconditions` (
  `timeconditions_id` int(11) NOT NULL AUTO_INCREMENT,
  `displayname` varchar(50) DEFAULT NULL,
  `time` int(11) DEFAULT NULL,
  `truegoto` varchar(50) DEFAULT NULL,
  `falsegoto` varchar(50) DEFAULT NULL,
  `deptname` varchar(50) DEFAULT NULL,
  `generate_hint` tinyint(1) DEFAULT 0,
  `invert_hint` tinyint(1) DEFAULT 0,
  `fcc_password` varchar(20) DEFAULT '',
  `priority` varchar(50) DEFAULT NULL,
  `timezone` varchar(255) DEFAULT NULL,
  `mode` varchar(20) DEFAULT 'time-group',
  `calendar_id` varchar(150) DEFAULT NULL,
  `calendar_group_id` varchar(150) DEFAULT NULL,
  PRIMARY KEY (`timeconditions_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `timeconditions` VALUES (1,'Office hours',1,'ext-group,621,1','ext-local,vms1001,1',NULL,1,0,'99',NULL,'Europe/Berlin','time-group','',''),(2,'Holidays',2,'app-announcement-3,s,1','timeconditions,1,1',NULL,0,0,'',NULL,'default','time-group','',''),(3,'Broken',3,'ext-queues,600,1','ext-queues,610,1',NULL,0,0,'',NULL,'default','time-group','',''),(4,'Feasts',0,'ext-queues,600,1','ext-queues,610,1',NULL,0,0,'',NULL,'default','calendar-group','','a-group');
CREATE TABLE `timegroups_groups` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `description` varchar(50) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `timegroups_groups` VALUES (1,'Office'),(2,'Feast days'),(3,'Odd'),(9,'Unused');
CREATE TABLE `timegroups_details` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `timegroupid` int(11) NOT NULL DEFAULT 0,
  `time` varchar(100) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `timegroups_details` VALUES (1,1,'08:30-11:59|mon-fri|*|*'),(2,1,'13:00-16:59|mon-fri|*|*'),(3,1,'22:00-01:59|sat|*|*'),(4,2,'*|*|25-26|dec'),(5,2,'12:00-23:59|*|24|dec'),(6,3,'noon|mon|*|*'),(7,9,'*|*|*|*');
CREATE TABLE `recordings` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `displayname` varchar(50) DEFAULT NULL,
  `filename` blob DEFAULT NULL,
  `description` varchar(254) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `recordings` VALUES (5,'welcome','custom/welcome&custom/hours',''),(6,'whisper','custom/whisper','');
CREATE TABLE `ivr_entries` (
  `ivr_id` int(11) NOT NULL,
  `selection` varchar(150) DEFAULT NULL,
  `dest` varchar(50) DEFAULT NULL,
  `ivr_ret` tinyint(1) NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ivr_entries` VALUES (2,'1','ext-queues,610,1',0),(2,'0','ext-local,vmu1001,1',0),(2,'77','ext-queues,600,1',0);
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
-- Dump completed on 2026-11-28  3:00:00
