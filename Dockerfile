# Beckon in one image: `docker build -t beckon . && docker run -p 4000:4000 -v beckon:/data beckon`.
# It needs no package of the system and writes nowhere but to /data: docker run --read-only --tmpfs /tmp … works, too.
FROM node:24-bookworm-slim AS build
WORKDIR /beckon
COPY package.json package-lock.json .npmrc ./
# Nothing can be built yet.
RUN npm pkg delete scripts.prepare && npm ci --include=dev
COPY . .
RUN node_modules/.bin/node scripts/build.ts && npm prune --omit=dev

# Without a Node of its own: what runs is the one that package.json pins and the tests ran on (node_modules/.bin/node).
FROM debian:bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data PATH=/beckon/node_modules/.bin:$PATH
WORKDIR /beckon
COPY --from=build /beckon/package.json ./
COPY --from=build /beckon/node_modules ./node_modules
COPY --from=build /beckon/dist ./dist
COPY --from=build /beckon/server/db/migrations ./server/db/migrations
# By number, so that whoever runs it can tell that it is not root; nothing of the program belongs to it.
RUN mkdir /data && chown 1000:1000 /data
USER 1000:1000
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# As npm start, but Node itself, so that SIGTERM reaches the server.
CMD ["node", "--max-semi-space-size=16", "--no-parallel-scavenge", "dist/server/main.js"]
