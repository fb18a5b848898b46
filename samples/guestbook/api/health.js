const answer = await fetch('http://127.0.0.1:8080/healthz', { signal: AbortSignal.timeout(1500) }).catch(e => ({ ok: false, status: e.message }));
if (!answer.ok) console.error(answer.status);
process.exit(answer.ok ? 0 : 1);
