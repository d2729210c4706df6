# Both bases can be replaced, so that the image can be built and tried where no
# registry can be reached (scripts/container.sh).
ARG GO_IMAGE=docker.io/library/golang:1.26
ARG RUNTIME_IMAGE=gcr.io/distroless/static-debian13:nonroot

FROM --platform=$BUILDPLATFORM ${GO_IMAGE} AS build
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
COPY cmd cmd
COPY internal internal
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=${TARGETOS} GOARCH=${TARGETARCH} GOCACHE=/root/.cache/go-build \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=${VERSION}" -o /out/broadsheet ./cmd/broadsheet
# The runtime base has no shell to make a folder with.
RUN mkdir -p /out/state

FROM ${RUNTIME_IMAGE}
ARG VERSION=dev
ARG REVISION=unknown
ARG SOURCE_URL=
LABEL org.opencontainers.image.title="Broadsheet" \
      org.opencontainers.image.description="Serves a folder of Markdown posts as live RSS, Atom and JSON feeds" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE_URL}" \
      org.opencontainers.image.documentation="${SOURCE_URL}"
COPY --from=build /out/broadsheet /usr/local/bin/broadsheet
COPY --from=build --chown=65532:65532 /out/state /var/lib/broadsheet
COPY posts /posts
ENV BROADSHEET_STATE=/var/lib/broadsheet
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["/usr/local/bin/broadsheet", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/broadsheet"]
CMD ["serve", "/posts"]
