// Google's Node client, unchanged and with Google's own addresses, through the front (front.js).
// node node-client.js EMULATOR_URL KEY_FILE FOLDER_ID DRIVE_ID: one line "pass|FAIL<tab>what<tab>detail" per check.
'use strict';
const crypto = require('node:crypto');
const { auth, drive } = require('@googleapis/drive');

const [emulator, keyFile, folder, sharedDrive] = process.argv.slice(2);
const FOLDER = 'application/vnd.google-apps.folder';
const open = () => drive({
  version: 'v3',
  auth: new auth.GoogleAuth({ keyFile, scopes: ['https://www.googleapis.com/auth/drive.readonly'] }),
});
let client = open();
const everywhere = { supportsAllDrives: true, includeItemsFromAllDrives: true };

// The emulator's own levers, which no Google client knows.
async function lever(method, path, values) {
  const body = values && new URLSearchParams(values);
  const answer = await fetch(`${emulator}emulator/${path}`, { method, body });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
}

async function children(id, pageSize, more = {}) {
  const files = [];
  let pageToken;
  do {
    const page = await client.files.list({
      q: `'${id}' in parents and trashed = false`,
      fields: 'nextPageToken,files(id,name,mimeType,size,md5Checksum,imageMediaMetadata(width,height))',
      pageSize, pageToken, ...everywhere, ...more,
    });
    files.push(...page.data.files);
    pageToken = page.data.nextPageToken;
  } while (pageToken);
  return files;
}

async function walk(id, pageSize) {
  const found = [];
  for (const file of await children(id, pageSize)) {
    if (file.mimeType === FOLDER) found.push(...(await walk(file.id, pageSize)));
    else found.push(file);
  }
  return found;
}

function same(found, wanted, what) {
  const [a, b] = [found, wanted].map((list) => JSON.stringify([...list].sort()));
  if (a !== b) throw new Error(`${what}: ${found.length} found, ${wanted.length} wanted: ${a.slice(0, 200)} / ${b.slice(0, 200)}`);
}

async function refused(call, code, reason) {
  try {
    await call();
  } catch (error) {
    const said = error.response?.data?.error?.errors?.[0]?.reason;
    if (Number(error.status ?? error.code) === code && said === reason) return;
    throw new Error(`refused with ${error.status ?? error.code} ${said}, not ${code} ${reason}`);
  }
  throw new Error(`not refused with ${code} ${reason}`);
}

async function changesSince(token, more = {}) {
  const changes = [];
  let page;
  do {
    page = (await client.changes.list({
      pageToken: page?.nextPageToken ?? token, pageSize: 10, ...everywhere, ...more,
      fields: 'nextPageToken,newStartPageToken,changes(fileId,removed,file(name,trashed))',
    })).data;
    changes.push(...page.changes);
  } while (page.nextPageToken);
  return { changes, token: page.newStartPageToken };
}

const checks = {
  async 'lists a folder and all below it'() {
    const truth = await lever('GET', `truth?folder=${folder}`);
    const images = (await walk(folder, 40)).filter((file) => file.mimeType.startsWith('image/'));
    same(images.map((file) => `${file.id} ${file.name} ${file.md5Checksum} ${file.size}`),
      truth.images.map((image) => `${image.id} ${image.name} ${image.md5} ${image.size}`), 'images');
    same(images.map((file) => `${file.id} ${file.imageMediaMetadata?.width}`),
      truth.images.map((image) => `${image.id} ${image.width ?? undefined}`), 'widths');
    return `${images.length} images`;
  },
  async 'downloads everything with its MD5'() {
    const files = await walk(folder, 1000);
    for (const file of files.filter((each) => each.md5Checksum)) {
      const answer = await client.files.get({ fileId: file.id, alt: 'media', ...everywhere }, { responseType: 'arraybuffer' });
      const md5 = crypto.createHash('md5').update(Buffer.from(answer.data)).digest('hex');
      if (md5 !== file.md5Checksum) throw new Error(`${file.name}: ${md5}, not ${file.md5Checksum}`);
    }
    return `${files.length} files`;
  },
  async 'reads a range of bytes'() {
    const [file] = (await walk(folder, 1000)).filter((each) => each.md5Checksum);
    const answer = await client.files.get({ fileId: file.id, alt: 'media' }, { responseType: 'arraybuffer', headers: { Range: 'bytes=0-9' } });
    if (answer.status !== 206 || Buffer.from(answer.data).length !== 10) throw new Error(`${answer.status}`);
    return '206, 10 bytes';
  },
  async 'follows additions, renames, the bin and deletion'() {
    let { startPageToken: token } = (await client.changes.getStartPageToken({})).data;
    const { id } = await lever('POST', 'images', { parent: folder, name: 'new.jpg' });
    const seen = [];
    for (const deed of [() => null, () => lever('POST', `files/${id}/rename`, { name: 'renamed.jpg' }),
      () => lever('POST', `files/${id}/trash`), () => lever('DELETE', `files/${id}`)]) {
      await deed();
      const found = await changesSince(token);
      token = found.token;
      seen.push(...found.changes.map((each) => `${each.fileId === id} ${each.removed} ${each.file?.name} ${each.file?.trashed}`));
    }
    same(seen, ['true false new.jpg false', 'true false renamed.jpg false', 'true false renamed.jpg true',
      'true true undefined undefined'], 'changes');
    return `${seen.length} changes`;
  },
  async 'pages through many changes'() {
    const { startPageToken } = (await client.changes.getStartPageToken({})).data;
    const { id } = await lever('POST', 'folders', { parent: folder, name: 'many changes' });
    await lever('POST', 'seed', { parent: id, count: 35 });
    const { changes } = await changesSince(startPageToken);
    await lever('DELETE', `files/${id}`);
    if (changes.length !== 36) throw new Error(`${changes.length} changes, not 36`);
    return `${changes.length} changes in pages of 10`;
  },
  async 'reads a shared drive and its own change log'() {
    const drives = (await client.drives.list({})).data.drives;
    same(drives.map((each) => each.id), [sharedDrive], 'drives');
    const inDrive = { corpora: 'drive', driveId: sharedDrive };
    const { startPageToken } = (await client.changes.getStartPageToken({ driveId: sharedDrive, supportsAllDrives: true })).data;
    await lever('POST', 'images', { parent: sharedDrive, name: 'in the drive.jpg' });
    const files = await children(sharedDrive, 100, inDrive);
    const { changes } = await changesSince(startPageToken, { driveId: sharedDrive });
    same(changes.map((each) => each.file.name), ['in the drive.jpg'], 'changes of the drive');
    if (files.length !== 13) throw new Error(`${files.length} files, not 13`);
    return `${files.length} files`;
  },
  // This client keeps a token until its end, whatever Google says of it; a new one takes another.
  async 'sees a revoked token refused, a new client goes on'() {
    await lever('POST', 'tokens/revoke');
    await refused(() => client.files.get({ fileId: folder }), 401, 'authError');
    client = open();
    await client.files.get({ fileId: folder });
    return '401, then 200';
  },
  async 'tries again when the quota is spent'() {
    await lever('POST', 'faults', { method: 'files.list', status: 429, times: 2 });
    await children(folder, 100);
    return 'after two 429';
  },
  async 'understands refusals'() {
    await refused(() => client.files.get({ fileId: 'nosuchfile' }), 404, 'notFound');
    await refused(() => client.files.get({ fileId: folder, fields: 'nonsense' }), 400, 'invalidParameter');
    await refused(() => client.changes.list({ pageToken: 'garbage' }), 400, 'invalid');
    await refused(() => client.files.get({ fileId: folder, alt: 'media' }), 403, 'fileNotDownloadable');
    return '404, two 400, 403';
  },
};

(async () => {
  for (const [what, check] of Object.entries(checks)) {
    try {
      console.log(`pass\t${what}\t${await check()}`);
    } catch (error) {
      console.log(`FAIL\t${what}\t${String(error.message).replaceAll(/\s+/g, ' ').slice(0, 400)}`);
    }
  }
})();
