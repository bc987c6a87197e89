// Stands in for Lambda's runtime: imports one handler, hands it one event, says that it answered. Plain JavaScript, so that no
// time goes into stripping types.
const [url, event] = process.argv.slice(2);
const { handler } = await import(url);
const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 10_000 };
const { statusCode } = await handler(JSON.parse(event), context);
process.stdout.write(`status ${statusCode}\n`, () => process.exit());
