// Reads a data package with the Frictionless Data libraries for JavaScript: the descriptor against
// the standard's schema, every row of every file against the columns' types, enums and key, every
// file against its size and SHA-256.  Prints "NAME ROWS" for each file; ends non-zero on a fault.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const {Package} = require('datapackage');
const {Table} = require('tableschema');

(async () => {
  const descriptor = process.argv[2];
  const folder = path.dirname(descriptor);
  const datapackage = await Package.load(descriptor, {strict: false});
  const faults = datapackage.errors.map(String);
  for (const resource of datapackage.resources) {
    const file = path.join(folder, resource.descriptor.path);
    const bytes = fs.readFileSync(file);
    if (bytes.length !== resource.descriptor.bytes) faults.push(`${resource.name}: size`);
    const hash = crypto.createHash('sha256').update(bytes).digest('hex');
    if (`sha256:${hash}` !== resource.descriptor.hash) faults.push(`${resource.name}: hash`);
    try {
      // The byte order mark is for spreadsheets; csv-parse skips it when told that it is there.
      const table = await Table.load(file, {schema: resource.descriptor.schema, bom: true});
      const rows = await table.read({keyed: true});
      console.log(resource.name, rows.length);
    } catch (error) {
      const all = error.errors && error.errors.length ? error.errors : [error];
      faults.push(...all.slice(0, 5).map((each) => `${resource.name}: ${each}`));
    }
  }
  for (const fault of faults) console.error(fault);
  process.exit(faults.length ? 1 : 0);
})();
