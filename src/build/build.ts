import { bundle } from './bundle.ts';

try {
  const files = (await bundle()).filter(({ name }) => name.endsWith('.js'));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(`dist: ${files.length} files, ${Math.ceil(bytes / 1024)} KB\n`);
} catch (error) {
  // esbuild has already said what is wrong in the sources, and where.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}
