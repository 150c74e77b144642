// Times and memory of programs.

import { spawn } from 'node:child_process';

export type Measured = {
  readonly ms: number;
  /** Peak resident memory in bytes; 0 where the program could not say. */
  readonly peakRss: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
};

/** Makes a Node.js program say at its end how much memory it had at most, workers included. */
const REPORT_RSS = `--import=data:text/javascript,${encodeURIComponent(
  "import{isMainThread}from'node:worker_threads';import{writeSync}from'node:fs';" +
    "if(isMainThread)process.on('exit',()=>writeSync(2,'\\npeak-rss '+process.resourceUsage().maxRSS+'\\n'))",
)}`;

/** Runs this Node.js to the end. */
export function runNode(args: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  return run(process.execPath, [REPORT_RSS, ...args], env);
}

/** Runs a program to the end. */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, [...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const kilobytes = Number(/^peak-rss (\d+)$/m.exec(stderr)?.[1] ?? 0);
      resolve({ ms: performance.now() - started, peakRss: kilobytes * 1024, stdout, stderr, code: code ?? 1 });
    });
  });
}

/** The value that this share of the others does not exceed: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
