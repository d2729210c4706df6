# Renders texts with kramdown as Jekyll does. Reads one JSON object a line, with the keys
# text and options, and writes one with the key html.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

JEKYLL = {
  input: 'GFM', hard_wrap: false, auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo', syntax_highlighter: nil
}.freeze

$stdin.each_line do |line|
  asked = JSON.parse(line)
  options = JEKYLL.merge((asked['options'] || {}).transform_keys(&:to_sym))
  puts JSON.generate(html: Kramdown::Document.new(asked['text'], options).to_html)
  $stdout.flush
end
