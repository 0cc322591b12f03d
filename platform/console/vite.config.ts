import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// During `npm run dev` the platform runs beside it on its usual port; everything that is not the console goes there.
const platform = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  build: { chunkSizeWarningLimit: 1600 },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/odata', '/oauth2', '/login', '/logout', '/.well-known'].map((path) => [path, { target: platform }]),
    ),
  },
});
