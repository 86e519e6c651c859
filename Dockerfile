# Beckon in one image: `docker build -t beckon . && docker run -p 4000:4000 -v beckon:/data beckon`.
FROM node:24-bookworm-slim AS build
WORKDIR /beckon
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.ts && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /beckon
COPY --from=build /beckon/package.json ./
COPY --from=build /beckon/node_modules ./node_modules
COPY --from=build /beckon/dist ./dist
COPY --from=build /beckon/server/db/migrations ./server/db/migrations
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm, so that SIGTERM reaches the server.
CMD ["node", "dist/server/main.js"]
