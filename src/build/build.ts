import { bundle } from './bundle.ts';

for (const { name, bytes } of await bundle()) {
  if (name.endsWith('.js')) process.stdout.write(`dist/${name}  ${Math.ceil(bytes / 1024)} KB\n`);
}
