package dialect_test

import (
	"testing"

	"broadsheet/internal/dialect"
)

// TestHugoLeavesOutWhatItsSettingsSay holds where ignoreFiles and mounts may
// stand, and what they match.
func TestHugoLeavesOutWhatItsSettingsSay(t *testing.T) {
	const secret, other = "content/post/secret.md", "content/post/open.md"
	for name, files := range map[string]map[string]string{
		"a list":               {"hugo.toml": `ignoreFiles = ["\\.tmp$", "secret\\.md$"]`},
		"one text":             {"hugo.toml": `ignoreFiles = "secret"`},
		"in any case":          {"hugo.yaml": "ignorefiles:\n- post/secret\n"},
		"from the top":         {"hugo.yaml": "ignoreFiles: ['^content/post/s']\n"},
		"with a slash":         {"hugo.json": `{"ignoreFiles": ["/post/secret\\.md"]}`},
		"not an expression":    {"hugo.toml": `ignoreFiles = ["secret.md(("]` + "\nx = 1", "want": "problem"},
		"in a folder":          {"config/_default/hugo.toml": "ignoreFiles = ['secret']"},
		"in a folder, YAML":    {"config/_default/config.yml": "ignoreFiles: [secret]"},
		"in both places":       {"hugo.toml": "ignoreFiles = ['\\.tmp$']", "config/_default/hugo.toml": "ignoreFiles = ['secret']"},
		"for production":       {"hugo.toml": "title = 'x'", "config/production/hugo.toml": "ignoreFiles = ['secret']"},
		"of a mount":           {"hugo.toml": "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = '**/secret.md'"},
		"of a mount, a folder": {"hugo.toml": "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = ['post/secr*']"},
		"of a mount's files":   {"hugo.toml": "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nfiles = ['! post/secret.md']"},
		"a part of its own":    {"config/_default/hugo.toml": "title = 'x'", "config/_default/module.toml": "[[mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = 'post/secret.md'"},
	} {
		root := t.TempDir()
		want := files["want"]
		delete(files, "want")
		write(t, root, files)
		write(t, root, map[string]string{secret: "", other: ""})
		site, problems := dialect.Read(root, "")
		if site.Kind != "hugo" || site.Private(other) || (len(problems) > 0) != (want != "") {
			t.Errorf("%s: %s; other files too: %v; problems %v", name, site.Kind, site.Private(other), problems)
		}
		if got := site.Private(secret); got != (want == "") {
			t.Errorf("%s: left out %v", name, got)
		}
	}
}
