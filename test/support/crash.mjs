// Loaded with NODE_OPTIONS=--import: fails in the process after a while, the way its name in the environment says.
const {CRASH: way, CRASH_AFTER: after = '4000'} = process.env;

if (way !== undefined && process.argv[1]?.endsWith('wirebook.js')) {
  setTimeout(() => {
    if (way === 'exception') throw new Error('thrown on purpose');
    if (way === 'rejection') void Promise.reject(new Error('rejected on purpose'));
  }, Number(after));
}
