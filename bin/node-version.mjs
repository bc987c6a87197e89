// Plain JavaScript on purpose: an old Node must be able to read this file in order to say what is wrong.
const NEEDED = 24;
if (Number(process.versions.node.split(".")[0]) < NEEDED) {
  console.error(`Cần Node >= ${NEEDED}; máy này chạy Node ${process.versions.node} (${process.execPath}).
Node >= ${NEEDED} is needed; this is Node ${process.versions.node} (${process.execPath}).
On Linux x64 "npm ci" brings Node ${NEEDED} by itself, and "npm start", "npm test" and "npm run" use it.`);
  process.exit(78);
}
