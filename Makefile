# "make help" lists what can be made.

GOLANGCI_LINT_VERSION := v2.15.0
GOVULNCHECK_VERSION   := v1.9.0
GOTESTSUM_VERSION     := v1.13.0
FUZZTIME ?= 15s
BENCHTIME ?= 1s
LIVES ?= 500
FIRST ?= 1
# All is built alike, so that what one target has compiled is not compiled again by the
# next, nor by another clone: without C, paths, and what only a debugger reads. "make lint"
# vets all of it at once.
export CGO_ENABLED := 0
export GOFLAGS := $(strip $(GOFLAGS) -trimpath -ldflags=-w -vet=off)
# These tests do much work and show what comes of it: the race detector would make
# them ten times as long, and sees the same code at work in others. "make test" runs
# them without it, and all others with it. Those of HUGE show what comes of great
# sizes, and "make quick" leaves them out; those of DRAWN draw their inputs, and take
# fewer there.
HUGE := \
	TestCommands TestFaultHugeFolder TestFaultOverflow TestOverflowIsAChange TestReadyMeansThatConnectionsAreAccepted TestKnownFaultsOfRealBlogsAreNamed TestMovingRealBlogsShowsNothingAgain TestPromisesOfJekyllFeedAreKept \
	TestRealBlogsKeepTheirFeeds TestSameFilesGiveTheSameBytes \
	TestFollowingArchivesYieldsEveryPostOnce TestHugePostDoesNotEmptyTheFeed TestListsOfTermsAreBounded TestListOfFeedsIsBounded TestPagesOfTermsListThemAll \
	TestHugeHugoPagesAreRead TestLayoutsAreBounded TestHugeJekyllPostsAreRead TestOnlyFirstNamesAreTaken \
	TestCountedFramesAreBelieved TestFramesOfOneSizeAreExact TestLittleIsRead TestNamesTakeNoMoreRoomThanTheText TestPaddedFramesAreExact \
	TestNoPostTakesAllMemory TestWorkIsPaidByItsSize TestFoldersOfPostsAreReadWhole TestHostileBlocksAreRefusedCheaply \
	TestBooksAreRendered TestDeepNestingEnds TestHostileBodiesComeToAnEnd TestHugeAttributesAreRead TestMarksBeyondTheBoundStayText TestRealPostsStandAlone \
	TestWorkGrowsWithSize FuzzGrown TestBareAddressesBeyondTheBoundStayText TestFootnotesBeyondTheBoundStayText TestCodeBeyondTheBoundHasNoColours TestMoreTemplateTextThanCanBeRead TestLongFieldsAreReadOnce \
	TestShortcodesThatEncloseEachOther TestServeAndBuildAgree TestHostilePostsDoNoHarm TestLaboriousPostsHoldUpNobody TestFaultMkdirpAndFile TestFaultGitCheckout
DRAWN := \
	TestEditionThatFollowsIsLikeANewOne TestEveryPathThatIsAnsweredIsAFile TestFaultsStayWithTheirPosts TestLayoutOfTheEditionBeforeChangesNothing \
	TestIDsStayThroughRandomLives TestPatchedLibraryIsTheWholeOne TestPatchKnowsPostsAgain \
	TestDatesHideNothing TestDeltasAreKnownForSixtyFourVersions TestNothingPrivateIsPublished \
	TestTextsThatAreReadAgainSayTheSame TestNothingStaysOfFilesThatCouldNotBeRead \
	TestKeysStayThroughRandomRenames TestRevisitOfRandomChanges TestRenamedFileKeepsItsKey TestChainOfRevisitsSaysWhatScansSay TestLives
UNRACED := $(HUGE) $(DRAWN)
none :=
any = ($(subst $(none) $(none),|,$(strip $(1))))
unraced := $(call any,$(UNRACED))
once = $(eval $(1) := $(2))$($(1)) # is found out at its first use, and kept
TESTED = $(call once,TESTED,$(shell go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...))
SEQUENTIAL = $(call once,SEQUENTIAL,$(shell ./scripts/sequential.sh))
UNRACED_IN = $(filter-out $(SEQUENTIAL),$(shell grep -rlE --include='*_test.go' '^func $(unraced)[^A-Za-z0-9_]' cmd internal | xargs -n1 dirname | sort -u | sed 's|^|broadsheet/|'))
QUICK = $(filter-out broadsheet/cmd/broadsheet broadsheet/internal/live broadsheet/internal/watch,$(TESTED))
MEASURED = $(shell grep -rlE --include='*_test.go' '^func Benchmark' cmd internal | xargs -n1 dirname | sort -u | sed 's|^|./|')
TOOLS := $(CURDIR)/.tools
GOTESTSUM := $(TOOLS)/gotestsum-$(GOTESTSUM_VERSION) --format pkgname --hide-summary=skipped

.PHONY: help run build test gotest quick lives same huge systems lint fuzz bench microbench cost latency smoke judges trees generators clients miniflux pages reference image clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 11

run: ## serve the sample posts on http://localhost:8080
	go run ./cmd/broadsheet serve posts

build: ## build ./broadsheet
	go build -ldflags= -o broadsheet ./cmd/broadsheet

test: gotest ## run all tests, and have others judge what is built
	./scripts/judges.sh --short
	./scripts/trees.sh
	./scripts/clients.sh

gotest: $(TOOLS)/gotestsum-$(GOTESTSUM_VERSION) ## install what the tests of Go need, run them, and name the slowest; part of test
	./scripts/install-test-tools.sh
	mkdir -p build
	$(GOTESTSUM) --jsonfile build/unraced.json -- -timeout 30m -run '^$(unraced)$$' $(UNRACED_IN)
	$(GOTESTSUM) --jsonfile build/sequential.json -- -timeout 30m $(SEQUENTIAL)
	CGO_ENABLED=1 $(GOTESTSUM) --jsonfile build/raced.json -- -race -timeout 30m -p 3 -parallel 6 -skip '^$(unraced)$$' $(filter-out $(SEQUENTIAL),$(TESTED))
	cat build/unraced.json build/sequential.json build/raced.json >build/tests.json
	@echo "the slowest tests:"
	@$(TOOLS)/gotestsum-$(GOTESTSUM_VERSION) tool slowest --num 10 --jsonfile build/tests.json

quick: ## run the short tests, which need nothing but Go, in a minute
	go test -short -skip 'Browser|Axe|Real|Lives|^$(call any,$(HUGE))$$' $(QUICK)

lives: ## live LIVES random lives of a folder of posts, from the seed FIRST on
	go test -count=1 -timeout 60m -run 'TestLives$$' ./internal/live -life $(FIRST) -lives $(LIVES)

same: ## build many folders of posts 50 times each, and want the same bytes
	go test -count=1 -run 'TestSameFilesGiveTheSameBytes$$' ./cmd/broadsheet -builds 50

huge: ## serve a folder of 100,000 posts
	go test -count=1 -v -run 'TestFaultHugeFolder$$' ./cmd/broadsheet -huge 100000

systems: ## compile for the other systems
	GOOS=linux GOARCH=arm64 go build -o /dev/null ./cmd/broadsheet
	GOOS=darwin GOARCH=arm64 go build -o /dev/null ./cmd/broadsheet
	GOOS=windows GOARCH=amd64 go build -o /dev/null ./cmd/broadsheet

lint: $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION) $(TOOLS)/govulncheck-$(GOVULNCHECK_VERSION) ## check format, style and known vulnerabilities
	@unformatted=$$(gofmt -l cmd internal); [ -z "$$unformatted" ] || { echo "not gofmt'ed: $$unformatted"; exit 1; }
	go vet ./...
	$(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION) run ./...
	./scripts/vulnerabilities.sh $(TOOLS)/govulncheck-$(GOVULNCHECK_VERSION)

fuzz: ## run each fuzz target for FUZZTIME
	./scripts/fuzz.sh $(FUZZTIME)

bench: ## measure serving, starting, editing and polls beside nginx, Caddy and Hugo (docs/performance.md)
	./scripts/bench.sh $(BENCHFLAGS)

microbench: ## run the benchmarks of functions
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) $(MEASURED)

cost: ## measure what building the feeds of 10,000 posts takes
	./scripts/cost.sh

latency: ## measure how long a save among 10,000 posts takes to be served
	./scripts/latency.sh

trees: ## show that the trees of real blogs are the same whenever built, and their archives whole; part of test
	./scripts/trees.sh

generators: ## have kramdown, Liquid and Hugo make what the tests hold us to
	./scripts/kramdown.sh
	./scripts/liquid.sh
	./scripts/hugo.sh

clients: ## have real readers, proxies and a browser poll the product; part of test
	./scripts/clients.sh

miniflux: ## have Miniflux subscribe while posts are edited, moved, deleted and restored
	./scripts/miniflux.sh

reference: ## compare the posts of real blogs with what their own generators made of them, and print the table
	go test -count=1 -v -run 'TestRealBlogsKeepTheirFeeds$$' ./cmd/broadsheet

smoke: ## run the product on the sample posts and check what it answers
	./scripts/smoke.sh

judges: ## have the feeds of the samples, and of real blogs beside the tree, judged by others; part of test
	./scripts/judges.sh

pages: ## have every kind of page, and whole sites, looked at in Chromium, by axe-core and by the W3C's checker, and links followed
	./scripts/pages.sh $(PAGESFLAGS)

image: ## build the container image and run it for real, without a registry
	./scripts/container.sh selftest

clean: ## remove what was built
	rm -rf broadsheet dist .tools

$(TOOLS)/golangci-lint-%:
	GOFLAGS=-trimpath GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$*
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/govulncheck-%:
	GOFLAGS=-trimpath GOBIN=$(TOOLS) go install golang.org/x/vuln/cmd/govulncheck@$*
	mv $(TOOLS)/govulncheck $@

$(TOOLS)/gotestsum-%:
	GOFLAGS=-trimpath GOBIN=$(TOOLS) go install gotest.tools/gotestsum@$*
	mv $(TOOLS)/gotestsum $@
