import { bundle } from './bundle.ts';

try {
  for (const { name, bytes } of await bundle()) {
    if (name.endsWith('.js')) process.stdout.write(`dist/${name}  ${Math.ceil(bytes / 1024)} KB\n`);
  }
} catch (error) {
  // esbuild has already said what is wrong in the sources, and where.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}
