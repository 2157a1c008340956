// Every text of the page in English. A value that is a function takes what changes in its sentence.
const list = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const words = {
  product: 'Warmline',
  states: {
    'READY': 'Ready', 'QUEUE': 'Call coming', 'DIALING': 'Dialling', 'INCALL': 'In call', 'PARK': 'On hold', '3-WAY': '3-way call', 'LOST': 'Phone lost',
    'DEAD': 'Customer gone', 'DISPO': 'Wrap-up', 'PAUSED': 'Paused', 'NO PHONE': 'No phone', 'LOGGED OUT': 'Logged out',
  },
  callStates: {
    ringing_agent: 'A call for you', dialing_out: 'Calling the customer', talking: 'Talking', parked: 'Customer on hold',
    dialing: 'Calling the third party', three_way: 'Three-way call', consulting: 'Talking to the third party',
    third_parked: 'Third party on hold', both_parked: 'Both on hold', customer_gone: 'The customer has hung up',
    rescue: 'Your phone is lost', waiting: 'Waiting', handed_off: 'left by the agent',
    left_ringing: 'left by the agent, third party rings', blind: 'is transferred', calling: 'is called', answered: 'waits for an agent', message: 'hears a message', machine: 'a machine before its message',
  },
  buttons: {
    hangup: 'Hang up', hold: 'Hold', takeBack: 'Take back', takeThirdBack: 'Take third back', mute: 'Mute', unmute: 'Unmute',
    transfer: 'Transfer', conference: 'Conference', leave: 'Leave', swap: 'Swap', hangupThird: 'Drop third', keypad: 'Keypad',
    record: 'Record', recordStop: 'Stop rec.', recordMute: 'Mute rec.', recordUnmute: 'Unmute rec.', ready: 'Ready',
    pause: 'Pause', pauseAfter: 'Pause after', ring: 'Call my phone', skip: 'Skip', undoCode: 'Undo code', logout: 'End work', dial: 'Dial',
    preview: 'Preview', dialNext: 'Next lead', redial: 'Redial', help: 'Get help', endHelp: 'No help', save: 'Save', cancel: 'Cancel', you: 'You', connect: 'Connect headset', takeVoice: 'Take the voice here',
  },
  done: 'done', begun: 'started', asked: label => `${label} …`, unknown: 'not known whether it arrived; the screen shows what is true',
  notAllowed: 'not possible now', took: ms => `after ${(ms / 1000).toFixed(1)} s`,
  unstored: {
    code: status => `Your code ${status}`,
    unstored: what => `${what} was taken and is not stored yet. It counts once it is stored; do not give it again.`,
    undone: what => `${what} was received and is not done yet. This line says how it ends; do not give it again.`,
    stored: what => `${what} is stored.`, failed: (what, why) => `${what} does not count: ${why}.`,
    lost: what => `${what} does not count: the server was restarted before it was stored. Give it again.`,
  },
  storage: {
    nothing: (time, why, spill) => `Nothing can be stored since ${time}: database: ${why}; spill file: ${spill}. Calls go on; commands are not confirmed.`,
    spilled: (time, why) => `The database cannot be written since ${time}: ${why}. Calls go on; commands are stored in the spill file.`,
    agent: time => `The server cannot store anything since ${time}. Calls go on; a code counts once it is stored.`, quiet: 'The database is late; all is stored.',
  },
  outcomes: {
    completed: 'done', busy: 'busy', no_answer: 'no answer', declined: 'declined', failed: 'failed', refused: 'refused',
    abandoned: 'overtaken', withdrawn: 'withdrawn',
  },
  parties: { agent: 'You', customer: 'Customer', third: 'Third party', supervisor: 'Supervisor' },
  inside: { agent: 'you', customer: 'the customer', third: 'the third party', supervisor: 'your supervisor' },
  hears: (own, names, music, dialplan) => {
    const verb = own ? 'hear' : 'hears';
    if (dialplan) return `${verb} ${dialplan}`;
    if (names.length) return `${verb} ${list(names)}${music ? ', and music ♪' : ''}`;
    return music ? `${verb} music ♪` : `${verb} no one`;
  },
  whoHears: 'Who hears whom',
  recorded: 'Recorded', recordedMuted: 'Recording muted: silence is recorded', notRecorded: 'Not recorded',
  recordedBy: { campaign_recording: 'as your campaign says', ingroup_recording_override: 'as the in-group says', recording_override: 'as set for you' },
  thirdRings: (number, phase) => `${number} ${{ ringing: 'rings', asked: 'is called', progress: 'rings' }[phase] ?? ''}`.trim(),
  direction: { in: 'Incoming', out: 'Outgoing' },
  via: group => `through ${group}`,
  unnamed: 'Unknown caller',
  beep: 'A beep, then the customer.',
  gone: 'The customer has hung up. Drop the third party when you are done.',
  machine: 'machine?', helpAsked: 'You ask for help: your supervisors see it.',
  lost: 'Your phone is off the line; the customer hears music.',
  secondsLeft: time => `${time} left`,
  readyTitle: 'Waiting for a call', pausedTitle: 'Paused', noPhoneTitle: 'Your phone cannot be reached', previewTitle: 'Look before you dial',
  readyText: 'Calls come by themselves: a beep, and this screen changes.', pausedText: 'No calls come. You can dial.',
  noPhoneText: 'No call is offered until your phone is back.', previewText: 'Dial the number, or skip it.',
  previewEnds: { SKIP: time => `It is skipped in ${time}.`, DIAL: time => `It is dialled in ${time}.` },
  lostTitle: 'You are paused: your phone was lost', lostText: time => `Your phone was off the line, so you are paused since ${time}. No calls come.`,
  lostBack: 'Your phone is back: press Ready to take calls.', lostAway: time => `Connect your phone, then press Ready.${time ? ` Otherwise you are logged out at ${time}.` : ''}`,
  allowedUntil: time => `${time} of this pause left`, overPause: 'Your pause is over its time',
  after: { pause: 'You pause after this call.', logout: 'You are logged out after this call.' },
  today: {
    title: 'Today', calls: 'calls', talk_seconds: 'talked', pause_seconds: 'paused', dispo_seconds: 'wrap-up', wait_seconds: 'waited',
    hold_seconds: 'on hold', login_seconds: 'logged in',
  },
  queues: 'Your queues', waiting: n => `${n} waiting`, longest: time => `longest ${time}`, nobodyWaits: 'no callers',
  due: n => `${n} ${n === 1 ? 'callback' : 'callbacks'} due`,
  last: 'Last call', noCode: 'no code yet',
  number: 'Number to dial', numberHint: 'digits, * and #',
  tabs: { customer: 'Customer', dispo: 'Wrap-up', callbacks: 'Callbacks', leads: 'Leads', history: 'History' },
  lead: {
    title: 'Customer', none: 'No lead belongs to this number.', before: 'Before', noBefore: 'First call with this customer.', unsaved: 'Changed, not saved',
    saved: 'saved', isSaved: 'Saved', save: 'Save now', undo: 'Undo', list: 'List', called: n => `called ${n}×`, edit: 'lead', all: 'All fields', fewer: 'Fewer fields',
  },
  notes: {
    title: 'Notes of this call', kept: 'Saved', typing: 'Saving …', failed: 'Not saved yet; trying again', empty: 'Saved as you type',
  },
  script: { title: 'Script', none: 'No script for this campaign.', data: 'Call data' },
  dispo: {
    title: 'How did it go?', callback: 'Call back', when: 'When', whenHint: 'tomorrow 10:00', mine: 'by me', other: 'more codes', back: 'first codes', done: 'Set',
    needsTime: 'needs a time', needsNotes: 'needs notes', chosen: code => `${code} is set. You can change it until the next call.`,
    time: ['+30m', '+2h', 'tomorrow 10:00', 'monday 9:00'], timeFor: code => `${code}: when do you call the customer back?`, notesFor: code => `${code} needs notes first.`,
    fieldsFirst: why => `The code waits, because the customer's data is not saved: ${why}. Correct or undo it in Customer.`,
  },
  undo: { set: name => `${name} is set.`, said: name => `${name} is set. You can undo it for 10 seconds.`, left: seconds => `${seconds} s` },
  transfer: {
    title: 'Transfer', conference: 'Conference', to: 'Number, in-group, agent or preset', go: 'Transfer, I leave', withCustomer: 'With the customer',
    customerWaits: 'Customer waits', back: 'Back', loading: 'Looking …', none: 'No match. You can type a number.',
    choose: 'Type a number or a name, or choose with ↑ and ↓.',
    preset: 'preset', ingroup: 'in-group', agent: 'agent', number: 'number', ready: n => `${n} ready`, says: {
      transfer: 'The customer is put through, and you leave the call.', conference: 'You bring a third party into the call. Leave later with L.',
    },
  },
  keypad: { title: 'Keypad', sends: 'Keys go to the party that you talk to.', close: 'Close' },
  pause: { title: 'Why do you pause?', none: 'Without a code', after: 'It begins after this call and its code.' },
  callbacks: {
    due: 'Due', state: 'State', customer: 'Customer', by: 'By', comments: 'Comments', none: 'No callback is waiting.',
    anyone: 'anyone', me: 'me', take: 'Take', move: 'Move', cancel: 'Cancel it', when: 'New time', promised: 'Promised', states: { pending: 'planned', due: 'due', missed: 'missed' },
    show: name => `Show the callback of ${name}`, choose: 'Choose a callback to see it here.', call: 'Callback', reallyCancel: 'Cancel for good',
  },
  leads: {
    search: 'Search by name or number', lead: 'Lead', name: 'Name', number: 'Number', last: 'Last code', called: 'Called', city: 'City', none: 'No lead fits.',
    more: 'More',
  },
  history: {
    direction: 'In/out', number: 'Number', noNumber: 'no number', name: 'Through', length: 'Length', time: 'Time', outcome: 'Outcome', code: 'Code', none: 'No calls yet.',
    listenTo: (number, time) => `Listen to ${number || 'the call'}, ${time}`, notInCall: 'not during a call: the customer would hear it', more: 'Earlier calls',
    ways: { in: '↘ in', out: '↗ out' }, outcomes: { answered: 'answered', missed: 'missed', failed: 'failed', live: 'now' },
  },
  dialRow: number => number ? `Dial ${number}` : 'Dial', noNumber: 'the call came without a number', doNotCall: 'do not call', noneDialled: 'no number was dialled yet',
  loading: 'Loading …', failedList: why => `This list cannot be read: ${why}`, again: 'Try again',
  login: {
    title: 'Log in', user: 'User', password: 'Password', voice: 'Voice', browser: 'This browser and a headset', sip: 'My phone',
    sipNone: 'My phone', go: 'Log in', start: 'Start work', other: 'Log out', welcome: name => `Hello ${name}`,
    wall: 'This browser becomes a wallboard: its session only reads, and lasts 30 days.',
    noAgent: 'This user has no agent. An administrator gives one with: warmline user set NAME agent=AGENT',
    out: {
      LOSTMX: (at, since) => `You were logged out at ${at}, because your phone or this page was away since ${since}. Your working time ended at ${since}.`,
      PAUSMX: (at, since) => `You were logged out at ${at}, because your pause since ${since} was longer than allowed.`,
    },
    unknown: 'The server does not answer. Try again.', full: 'Many people log in just now. This page tries again by itself …', starting: 'Your phone is connected …', tag: 'Warm transfers, calm agents.',
  },
  you: {
    title: 'You', keys: 'Keys', plain: 'One key', alt: 'Alt and a key', off: 'No keys', keysHint: 'Keys work while no text field has the focus.',
    close: 'Close', user: 'Log out of this browser', headset: 'Headset',
  },
  keyList: {
    title: 'Keys', close: 'Close', how: {
      plain: 'A key works while no text field has the focus.', alt: 'Hold Alt with each key.', off: 'The keys are off. Press the button You to switch them on.',
    },
    agent: [
      { title: 'In a call', keys: {
        h: 'hang up', o: 'hold the customer, and take them back', m: 'mute, and unmute', t: 'transfer the customer', c: 'call a third party',
        l: 'leave; customer and third party keep talking', s: 'swap customer and third party', x: 'drop the third party', k: 'keypad',
        e: 'start the recording, and stop it', w: 'record silence, and stop it', g: 'ask the supervisors for help', n: 'write notes',
      } },
      { title: 'Between calls', keys: {
        d: 'dial the number', f: 'look at the number before you dial', z: 'skip the number', g: 'get the next lead', l: 'the number that was dialled last',
      } },
      { title: 'After a call', keys: { '1–9': 'choose a code; 0 shows more', z: 'undo the code' } },
      { title: 'At any time', keys: {
        p: 'pause', r: 'take calls again', u: 'customer, or codes', b: 'callbacks', a: 'leads', y: 'history', i: 'script, data and queues in a small window',
        v: 'connect the headset, or call the phone back', j: 'supervisor view', q: 'you: headset, keys, end of work', '?': 'this list', escape: 'close a panel, or leave a text field',
      } },
    ],
    overview: [
      { title: 'Choose', keys: {
        '↑ ↓': 'an agent or a waiting caller', f: 'find an agent', s: 'urgent first, or by name', i: 'one in-group', c: 'one campaign',
      } },
      { title: 'The chosen agent', keys: {
        l: 'listen', w: 'whisper', b: 'barge in', x: 'stop listening', p: 'pause the agent', r: 'end the pause', m: 'move the call to another agent', o: 'log the agent out',
      } },
      { title: 'At any time', keys: {
        g: 'give a waiting caller to an agent', e: 'stop all automatic dialling', t: 'wallboard', j: 'your own calls', q: 'you: phone, keys, logout', '?': 'this list',
        escape: 'close a panel, or leave a text field',
      } },
    ],
  },
  headset: {
    test: 'Try the headset', stop: 'Stop', level: 'Microphone level', speak: 'Speak: the bar moves. Did you hear the beep?', device: 'Microphone', standard: 'Browser default',
    states: {
      off: 'not connected', microphone: 'asks for the microphone', offering: 'connecting', connecting: 'connecting', up: 'connected', failed: 'connection lost, trying again',
      denied: 'microphone not allowed', missing: 'no microphone found', insecure: 'no microphone without https', refused: 'refused', elsewhere: 'in another tab or browser',
    },
    why: {
      denied: 'The browser may not use the microphone. Allow it at the lock beside the address, then connect again.',
      missing: 'The browser finds no microphone. Plug the headset in, then connect again.',
      insecure: 'The browser gives the microphone only to https pages and to localhost. Ask for an https address of this server.',
    },
    good: 'good', fair: 'fair', bad: 'bad', ms: n => `${n} ms`,
    badHere: 'The connection is bad: you hear the other side with gaps.', badThere: 'The connection is bad: the other side hears you with gaps.',
    unplugged: 'The microphone is gone. Plug the headset in again.', name: 'Headset', phone: name => `Phone ${name}`,
    phoneUp: 'connected', phoneDown: 'not connected', another: 'The voice is in another tab or browser.',
  },
  link: {
    connecting: 'Connecting …', lost: 'No link to the server. Calls go on; this screen may be old.', other: 'The server has a newer page.', reload: 'Reload', up: 'Connected',
    asterisk: 'No link to Asterisk. Commands wait.', calls: 'The part for the calls is away. Calls go on; commands wait.',
  },
  views: { agent: 'My agent', overview: 'Supervisor', wall: 'Wallboard' },
  overview: {
    title: 'Supervisor', group: name => `group ${name}`, everybody: 'all agents', landmark: 'Overview', summary: 'Now and today',
    waiting: 'Waiting', longest: 'Longest wait', nobody: 'no callers', level: 'Service level', inTime: (n, of) => `${n}/${of}`, answered: 'Answered',
    ofOffered: n => `of ${n}`, abandoned: 'Abandoned', ready: 'Ready', ofAgents: n => `of ${n} logged in`, inCall: 'In calls', fallback: n => `${n} took the fallback`,
    percent: share => share === null || share === undefined ? '–' : `${(100 * share).toFixed(share && share < 0.1 ? 1 : 0)} %`, none: '–',
    ingroups: 'In-groups', ingroup: 'In-group', within: s => `answered in ${s} s`, noIngroups: 'There is no in-group.',
    heads: { waiting: 'Wait', longest: 'Longest', ready: 'Ready', level: 'Level', answered: 'Ans.', abandoned: 'Lost' },
    agents: 'Agents', agent: 'Agent', state: 'State', for: 'For', customer: 'Customer', noAgents: 'No agent is logged in.', noneFits: 'No agent fits the filter.',
    shown: (n, of) => n === of ? `${n}` : `${n} of ${of}`, all: 'All', allIngroups: 'All in-groups', allCampaigns: 'All campaigns', find: 'Find', clear: 'Show all',
    sorts: { attention: 'Urgent first', name: 'By name' }, sort: 'Order',
    long: 'long', late: 'late', muted: 'muted', help: 'asks for help', helpSaid: name => `${name} asks for help`, supervises: { LISTEN: phone => `${phone} listens`, WHISPER: phone => `${phone} whispers`, BARGE: phone => `${phone} is in the call` },
    line: 'Waiting callers', direct: agent => `for ${agent}`, give: 'Give', giveLong: 'Give to an agent', noLine: 'No caller is waiting.', others: 'Calls without an agent',
    givesTo: number => `Give ${number} to`, gives: (number, name) => `Give ${number} to ${name}`, noReady: 'No agent is ready.', serves: 'serves the in-group',
    today: 'Today', todayBy: 'Calls by half hour', from: 'From', offered: 'Offered', elsewhere: 'Left', noToday: 'No calls yet today.', unread: 'The figures of the day are being read.',
    choose: 'Choose an agent', chooseHint: 'Arrow keys move, or click. Then one key does it.', gone: 'is not logged in any more.',
    campaign: 'Campaign', ingroupsOf: 'In-groups', phone: 'Phone', supervisors: 'Supervised by', calls: n => `${n} ${n === 1 ? 'call' : 'calls'}`, talked: 'talked', paused: 'paused',
    listen: 'Listen', whisper: 'Whisper', barge: 'Barge in', pause: 'Pause', resume: 'Ready', take: 'Move call', noCall: 'the agent has no call', logout: 'Log out', to: (what, name) => `${what}: ${name}`,
    kinds: { listen: 'You hear the call. No one hears you.', whisper: 'Only the agent hears you.', barge: 'All parties of the call hear you.' },
    afterCall: 'It begins after the call and its code.', logoutOf: name => `Log ${name} out?`, logoutText: 'In a call, it happens after the call and its code.', reallyLogout: 'Log out now',
    yourPhone: 'Your phone', phoneText: 'Empty: you hear the agent in this browser. Otherwise Warmline calls this SIP phone. The browser remembers it.', phoneHint: 'this browser', call: 'Call it',
    change: 'Change', save: 'Save', noPhone: 'none yet', stop: 'Stop', connects: 'started', heardNoMore: 'ended', rings: phone => `phone ${phone} rings: pick it up`, you: 'You',
    titleWaiting: n => `${n} waiting`, lateSaid: (number, group) => `${number} waits too long, ${group}`,
  },
  dialling: {
    title: 'Automatic dialling', methods: { MANUAL: 'by hand', PROGRESSIVE: 'progressive', RATIO: 'ratio', PREDICTIVE: 'predictive' },
    states: { running: 'runs', idle: 'runs, dials nothing', halted: 'halted', stopped: 'stopped' }, by: name => `by ${name}`, noCall: why => `No call now: ${why}`, until: time => `until ${time}`,
    ready: 'Ready', inFlight: 'In flight', waiting: 'Waiting', freeSoon: 'Free in 10 s', leads: 'Leads', mayDrop: 'May drop', limitReached: 'Drop limit reached', dropped: { PERIOD: 'Dropped, 30 days', DAY: 'Dropped, today' },
    ofAnswered: (n, of) => `${n}/${of}`, ofLimit: (share, limit) => `${(100 * share).toFixed(1)} of ${limit} %`,
    words: { start: 'Start', stop: 'Stop' }, start: name => `Start dialling: ${name}`, stop: name => `Stop dialling: ${name}`,
    stopAll: 'Emergency stop', stopAllAsk: 'Stop all automatic dialling?', reallyStopAll: 'Stop everything now', allowAll: 'Allow dialling again', allStopped: 'all stopped',
    stopAllText: 'No campaign begins a call from then on. Calls in progress go on, and a lead whose phone rings is connected at the answer.',
  },
  wall: {
    title: 'Wallboard', more: n => `and ${n} more`, attention: 'Look here', calm: 'All is well.', states: 'Agents by state', back: 'Supervisor',
  },
  called: (name, group) => `Call from ${name}${group ? `, ${group}` : ''}`,
  outgoing: name => `Call to ${name}`,
  stateSaid: (state, who) => who ? `${state}: ${who}` : state,
  titleCall: name => `☎ ${name}`,
  landmarks: { status: 'Your state', overview: 'Supervisor', call: 'Call', work: 'Work', side: 'Beside', receipts: 'What your commands did' },
  fields: {
    title: 'Title', first_name: 'First name', middle_initial: 'Middle', last_name: 'Last name', phone_number: 'Phone', alt_phone: 'Other phone', email: 'E-mail',
    address1: 'Address', address2: 'Address 2', address3: 'Address 3', city: 'City', state: 'State', province: 'Province', postal_code: 'Postal code',
    country_code: 'Country', gender: 'Gender', date_of_birth: 'Born', vendor_lead_code: 'Customer id', source_id: 'Source', security_phrase: 'Security phrase',
    comments: 'Comments', owner: 'Owner', rank: 'Rank', gmt_offset_now: 'Time zone', phone_code: 'Country code', status: 'Code',
  },
};
