export default async function tearDown() {
  await globalThis.sajeonTestServer?.destroy();
}
