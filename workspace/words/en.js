// Every text of the page in English. A value that is a function takes what changes in its sentence.
const list = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const words = {
  product: 'Warmline',
  states: {
    'READY': 'Ready', 'QUEUE': 'Call coming', 'INCALL': 'In call', 'PARK': 'On hold', '3-WAY': '3-way call', 'LOST': 'Phone lost',
    'DEAD': 'Customer gone', 'DISPO': 'Wrap-up', 'PAUSED': 'Paused', 'NO PHONE': 'No phone', 'LOGGED OUT': 'Logged out',
  },
  callStates: {
    ringing_agent: 'A call for you', dialing_out: 'Calling the customer', talking: 'Talking', parked: 'Customer on hold',
    dialing: 'Calling the third party', three_way: 'Three-way call', consulting: 'Talking to the third party',
    third_parked: 'Third party on hold', both_parked: 'Both on hold', customer_gone: 'The customer has hung up',
    rescue: 'Your phone is lost', waiting: 'Waiting',
  },
  buttons: {
    hangup: 'Hang up', hold: 'Hold', takeBack: 'Take back', takeThirdBack: 'Take third back', mute: 'Mute', unmute: 'Unmute',
    transfer: 'Transfer', conference: 'Conference', leave: 'Leave', swap: 'Swap', hangupThird: 'Drop third', keypad: 'Keypad',
    record: 'Record', recordStop: 'Stop rec.', recordMute: 'Mute rec.', recordUnmute: 'Unmute rec.', ready: 'Ready',
    pause: 'Pause', pauseAfter: 'Pause after', ring: 'Call my phone', skip: 'Skip', logout: 'Log out', dial: 'Dial',
    preview: 'Preview', save: 'Save', cancel: 'Cancel', you: 'You', connect: 'Connect headset', takeVoice: 'Take the voice here',
  },
  done: 'done', begun: 'begun', asked: label => `${label} …`, unknown: 'not known whether it arrived; the screen shows what is true',
  notAllowed: 'not possible now',
  outcomes: {
    completed: 'done', busy: 'busy', no_answer: 'no answer', declined: 'declined', failed: 'failed', refused: 'refused',
    abandoned: 'overtaken', withdrawn: 'withdrawn',
  },
  parties: { agent: 'You', customer: 'Customer', third: 'Third party', supervisor: 'Supervisor' },
  inside: { agent: 'you', customer: 'the customer', third: 'the third party', supervisor: 'your supervisor' },
  hears: (own, names, music) => {
    const verb = own ? 'hear' : 'hears';
    if (names.length) return `${verb} ${list(names)}${music ? ', and music ♪' : ''}`;
    return music ? `${verb} music ♪` : `${verb} nobody`;
  },
  whoHears: 'Who hears whom',
  recorded: 'Recorded', recordedMuted: 'Recording muted: silence is recorded', notRecorded: 'Not recorded',
  thirdRings: (number, phase) => `${number} ${{ ringing: 'rings', asked: 'is called', progress: 'rings' }[phase] ?? ''}`.trim(),
  direction: { in: 'Incoming', out: 'Outgoing' },
  via: group => `through ${group}`,
  unnamed: 'Unknown caller',
  beep: 'A beep, then the customer.',
  gone: 'The customer has hung up. Drop the third party when you are done.',
  lost: 'Your phone is off the line; the customer hears music.',
  secondsLeft: time => `${time} left`,
  readyTitle: 'Waiting for a call', pausedTitle: 'Paused', noPhoneTitle: 'Your phone cannot be reached', previewTitle: 'Look before you dial',
  readyText: 'Calls come by themselves: a beep, and this screen changes.', pausedText: 'No calls come. You can dial.',
  noPhoneText: 'No call is offered until your phone is back.', previewText: 'Dial the number, or skip it.',
  allowedUntil: time => `${time} of this pause left`, overPause: 'Your pause is over its time',
  after: { pause: 'You pause after this call.', logout: 'You are logged out after this call.' },
  today: {
    title: 'Today', calls: 'calls', talk_seconds: 'talked', pause_seconds: 'paused', dispo_seconds: 'wrap-up', wait_seconds: 'waited',
    hold_seconds: 'on hold', login_seconds: 'logged in',
  },
  queues: 'Your queues', waiting: n => `${n} waiting`, longest: time => `longest ${time}`, nobodyWaits: 'nobody waits',
  due: n => `${n} ${n === 1 ? 'callback' : 'callbacks'} due`,
  last: 'Last call', noCode: 'no code yet',
  number: 'Number to dial', numberHint: 'digits, * and #',
  tabs: { customer: 'Customer', dispo: 'Wrap-up', callbacks: 'Callbacks', leads: 'Leads', history: 'History' },
  lead: {
    title: 'Customer', none: 'No lead belongs to this number.', before: 'Before', noBefore: 'First call with this customer.', unsaved: 'Changed, not saved',
    saved: 'saved', save: 'Save changes', undo: 'Undo', list: 'List', called: n => `called ${n}×`, edit: 'lead', all: 'All fields', fewer: 'Fewer fields',
  },
  notes: {
    title: 'Notes of this call', kept: 'Saved', typing: 'Saving …', failed: 'Not saved yet; trying again', empty: 'Saved as you type',
  },
  script: { title: 'Script', none: 'No script for this campaign.', data: 'Call data' },
  dispo: {
    title: 'How did it go?', callback: 'Call back', when: 'When', whenHint: 'tomorrow 10:00', mine: 'by me', other: 'more codes', done: 'Set',
    needsTime: 'needs a time', needsNotes: 'needs notes', chosen: code => `${code} is set. You can change it until the next call.`,
    time: ['+30m', '+2h', 'tomorrow 10:00', 'monday 9:00'], timeFor: code => `${code}: when shall the customer be called?`, notesFor: code => `${code} needs notes first.`,
    endedBy: who => ({
      'agent': 'you hung up', 'customer': 'the customer hung up', 'third': 'the third party hung up', 'operator': 'ended from outside', '': 'it goes on without you',
    })[who] ?? `ended: ${who}`,
  },
  transfer: {
    title: 'Transfer', conference: 'Conference', to: 'Number, in-group, agent or preset', go: 'Transfer, I leave', withCustomer: 'With the customer',
    customerWaits: 'Customer waits', back: 'Back', loading: 'Looking …', none: 'Nobody by that name. A number can be dialled.',
    preset: 'preset', ingroup: 'in-group', agent: 'agent', number: 'number', ready: n => `${n} ready`, says: {
      transfer: 'The customer is put through, and you leave the call.', conference: 'You bring a third party into the call. Leave later with L.',
    },
  },
  keypad: { title: 'Keypad', sends: 'Keys go to the party that you talk to.', close: 'Close' },
  pause: { title: 'Why do you pause?', none: 'Without a code', after: 'It begins after this call and its code.' },
  callbacks: {
    due: 'Due', state: 'State', number: 'Number', name: 'Name', by: 'By', comments: 'Comments', none: 'No callback is waiting.',
    anyone: 'anyone', me: 'me', take: 'Take', move: 'Move', cancel: 'Cancel it', when: 'New time', promised: 'Promised', states: { pending: 'planned', due: 'due', missed: 'missed' },
    show: name => `Show the callback of ${name}`, choose: 'Choose a callback to see it here.', call: 'Callback', reallyCancel: 'Cancel for good',
  },
  leads: {
    search: 'Search by name or number', lead: 'Lead', name: 'Name', number: 'Number', last: 'Last code', called: 'Called', city: 'City', none: 'No lead fits.',
    more: 'More',
  },
  history: {
    direction: 'Way', number: 'Number', name: 'Through', length: 'Length', time: 'Time', outcome: 'Outcome', code: 'Code', none: 'No calls yet.', more: 'Earlier calls',
    ways: { in: '↘ in', out: '↗ out' }, outcomes: { answered: 'answered', missed: 'missed', failed: 'failed', live: 'now' },
  },
  dialRow: number => `Dial ${number}`,
  loading: 'Loading …', failedList: why => `This list cannot be read: ${why}`, again: 'Try again',
  login: {
    title: 'Log in', user: 'Name', password: 'Password', voice: 'Voice', browser: 'This browser and a headset', sip: 'My phone',
    sipNone: 'My phone', go: 'Log in', start: 'Start work', other: 'Log out', welcome: name => `Hello ${name}`,
    noAgent: 'This user has no agent. An administrator gives one with: warmline user set NAME agent=AGENT',
    unknown: 'The server does not answer. Try again.', full: 'Many people log in just now. This page tries again by itself …', starting: 'Your phone is connected …', tag: 'Warm transfers, calm agents.',
  },
  you: {
    title: 'You', keys: 'Keys', plain: 'One key', alt: 'Alt and a key', off: 'No keys', keysHint: 'Keys work while no text field has the focus.',
    close: 'Close', logout: 'Log out', user: 'Log out of this browser', headset: 'Headset',
  },
  headset: {
    test: 'Try the headset', stop: 'Stop', level: 'Microphone level', speak: 'Speak: the bar moves. Did you hear the beep?', device: 'Microphone', standard: 'Standard of the browser',
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
  called: (name, group) => `Call from ${name}${group ? `, ${group}` : ''}`,
  stateSaid: (state, who) => who ? `${state}: ${who}` : state,
  titleCall: name => `☎ ${name}`,
  landmarks: { status: 'Your state', call: 'Call', work: 'Work', side: 'Beside', receipts: 'What your commands did' },
  fields: {
    title: 'Title', first_name: 'First name', middle_initial: 'Middle', last_name: 'Last name', phone_number: 'Phone', alt_phone: 'Other phone', email: 'E-mail',
    address1: 'Address', address2: 'Address 2', address3: 'Address 3', city: 'City', state: 'State', province: 'Province', postal_code: 'Postal code',
    country_code: 'Country', gender: 'Gender', date_of_birth: 'Born', vendor_lead_code: 'Customer id', source_id: 'Source', security_phrase: 'Security phrase',
    comments: 'Comments', owner: 'Owner', rank: 'Rank', gmt_offset_now: 'Time zone', phone_code: 'Country code', status: 'Code',
  },
};
