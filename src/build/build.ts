import { bundle } from './bundle.ts';

try {
  for (const { name, bytes } of await bundle()) {
    if (name.endsWith('.js')) process.stdout.write(`dist/${name}  ${Math.ceil(bytes / 1024)} KB\n`);
  }
} catch {
  // esbuild has already said what is wrong, and where.
  process.exitCode = 1;
}
