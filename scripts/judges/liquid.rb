# Renders templates with Liquid and Jekyll's filters and tags, as Jekyll does. Reads one JSON
# object a line, with the keys template, values (YAML with page and site) and includes (texts by
# name), and writes one with the key out, or error where Jekyll would stop.
require 'jekyll'
require 'json'
require 'tmpdir'
require 'yaml'

Jekyll.logger.log_level = :error
ENV['JEKYLL_ENV'] = 'production'
SITES = {}
NUMBERS = (1..).each

# site_of returns a site that has the includes and the settings of some templates.
def site_of(values, includes)
  SITES[[values, includes]] ||= begin
    folder = Dir.mktmpdir
    at_exit { FileUtils.remove_entry(folder) }
    includes.each do |name, text|
      path = File.join(folder, '_includes', name)
      FileUtils.mkdir_p(File.dirname(path))
      File.write(path, text)
    end
    given = YAML.safe_load(values, permitted_classes: [Date, Time]) || {}
    config = Jekyll.configuration((given['site'] || {}).merge(
      'source' => folder, 'destination' => File.join(folder, '_site'), 'quiet' => true, 'disable_disk_cache' => true
    ))
    [Jekyll::Site.new(config), given]
  end
end

def render(asked)
  site, values = site_of(asked['values'], asked['includes'] || {})
  page = values['page'] || {}
  info = { registers: { site: site, page: page }, strict_filters: false, strict_variables: false }
  payload = { 'page' => Marshal.load(Marshal.dump(page)), 'site' => values['site'] || {}, 'jekyll' => Jekyll::Drops::JekyllDrop.global }
  name = "post#{NUMBERS.next}.md" # of each its own, or it takes the next template for the last
  { out: site.liquid_renderer.file(name).parse(asked['template']).render!(payload, info) }
rescue StandardError => e
  { error: e.message.lines.first.to_s.sub(/ in any of .*/, '').strip }
end

$stdin.each_line do |line|
  begin
    puts JSON.generate(render(JSON.parse(line)))
  rescue JSON::GeneratorError
    puts JSON.generate(error: 'bytes that are no text')
  end
  $stdout.flush
end
