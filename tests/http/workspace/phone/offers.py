"""The offer of a page, as Chromium words it."""

OFFER = b"""v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS stream
m=audio 50806 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 192.0.2.2
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:3289912957 1 udp 2113937151 6f5a-aa11.local 50806 typ host generation 0 network-cost 999
a=candidate:1 1 udp 2130706431 192.0.2.2 50806 typ host generation 0
a=candidate:2 1 tcp 1518280447 192.0.2.2 9 typ host tcptype active generation 0
a=candidate:3 1 udp 1694498815 203.0.113.9 62000 typ srflx raddr 192.0.2.2 rport 50806 generation 0
a=candidate:4 1 udp 2130706175 2001:db8::2 53269 typ host
a=ice-ufrag:2GrM
a=ice-pwd:AKj4ZxRGmLztt3gTep4DsPxx
a=ice-options:trickle
a=fingerprint:sha-256 FD:8C:D2:BC:5E:4E:7F:65:52:B9:EF:58:BD:7F:EB:18:DF:E4:08:55:C9:C5:3E:09:35:75:F2:42:C6:13:FD:7B
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=sendrecv
a=msid:stream track
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:3735928559 cname:secret
""".replace(b"\n", b"\r\n")
