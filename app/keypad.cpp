#include "app/keypad.h"

#include <charconv>

#include "app/base/file.h"
#include "app/plan/yaml_reader.h"
#include "app/platform/keys.h"

namespace machikoe {
namespace {

constexpr std::pair<std::string_view, PadKey> kPadKeys[] = {
    {"previous", PadKey::Previous}, {"next", PadKey::Next},     {"page-back", PadKey::PageBack},
    {"page-on", PadKey::PageOn},    {"enter", PadKey::Enter},   {"help", PadKey::Help},
    {"repeat", PadKey::Repeat},     {"pause", PadKey::Pause},   {"louder", PadKey::Louder},
    {"quieter", PadKey::Quieter},   {"faster", PadKey::Faster}, {"slower", PadKey::Slower},
    {"curtain", PadKey::Curtain}};
constexpr std::pair<std::string_view, Route> kRoutes[] = {{"everything", Route::Everything},
                                                          {"actions", Route::Actions}};
constexpr std::size_t kMostKeys = 16;

/// "down", or "code:264" for a key that has no name here.
std::optional<int> code_of(const std::string& name) {
    constexpr std::string_view kCode = "code:";
    if (!name.starts_with(kCode)) return key_called(name);
    int code = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + kCode.size(), end, code);
    if (read.ec != std::errc{} || read.ptr != end || code < 0) return std::nullopt;
    return code;
}

void read_keys(const YamlContext& context, const YamlNode& node, Keypad& keypad) {
    YamlReader reader(context, node, "keys");
    std::map<int, PadKey> named;
    for (const auto& [name, pad_key] : kPadKeys) {
        if (!reader.has(name)) continue;
        std::erase_if(keypad.keys, [&](const auto& each) { return each.second == pad_key; });
        for (const YamlNode& key : reader.list(name, 1, kMostKeys)) {
            const auto code = code_of(key.text);
            if (!code)
                reader.fault(key.line, in_quotes(key.text) + " is no key that is known here");
            else if (!named.emplace(*code, pad_key).second)
                reader.fault(key.line, in_quotes(key.text) + " does two things");
        }
    }
    reader.finish();
    for (const auto& [code, pad_key] : named) keypad.keys[code] = pad_key;
}

Milliseconds milliseconds_in(YamlReader& reader, std::string_view key, Milliseconds most) {
    return Milliseconds{reader.has(key) ? reader.integer(key, 0, most.count()) : 0};
}

void read_speech(YamlReader& reader, SpeechSettings& speech) {
    constexpr std::pair<std::string_view, bool> kHeadphones[] = {{"jack", false}, {"fixed", true}};
    constexpr std::pair<std::string_view, bool> kYesOrNo[] = {{"yes", true}, {"no", false}};
    constexpr int kMostCode = 0x2ff;  // KEY_MAX
    if (reader.has("loudspeaker"))
        speech.has_loudspeaker = reader.one_of<bool>("loudspeaker", kYesOrNo);
    if (reader.has("headphones"))
        speech.headphones_are_fixed = reader.one_of<bool>("headphones", kHeadphones);
    const auto code = [&](std::string_view key) -> std::optional<int> {
        if (!reader.has(key)) return std::nullopt;
        return static_cast<int>(reader.integer(key, 1, kMostCode));
    };
    speech.jack.plugged_key = code("headphone_key");
    speech.jack.unplugged_key = code("headphone_unplug_key");
    if (const Status fine = check(speech.jack); !fine)
        reader.fault(reader.line_of("headphone_unplug_key"), fine.error().message);
}

}  // namespace

Keypad default_keypad() {
    Keypad keypad;
    for (const auto& [name, pad_key] : {std::pair{"up", PadKey::Previous},
                                        {"down", PadKey::Next},
                                        {"left", PadKey::PageBack},
                                        {"right", PadKey::PageOn},
                                        {"enter", PadKey::Enter},
                                        {"kp_enter", PadKey::Enter},
                                        {"f1", PadKey::Help},
                                        {"f2", PadKey::Repeat},
                                        {"f3", PadKey::Pause},
                                        {"f4", PadKey::Curtain},
                                        {"f5", PadKey::Quieter},
                                        {"f6", PadKey::Louder},
                                        {"f7", PadKey::Slower},
                                        {"f8", PadKey::Faster}})
        keypad.keys[key_called(name).value()] = pad_key;
    return keypad;
}

Result<Keypad> load_keypad(const std::filesystem::path& file) {
    auto bytes = load_file(file, 64u << 10);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    PackFaults faults;
    const YamlContext context{file.string(), {}, &faults};
    Keypad keypad = default_keypad();
    if (const auto root = parse_yaml(context.file, *bytes, faults)) {
        YamlReader reader(context, *root, "");
        if (const YamlNode* keys = reader.optional("keys")) read_keys(context, *keys, keypad);
        if (reader.has("route")) keypad.options.route = reader.one_of<Route>("route", kRoutes);
        keypad.options.scan = milliseconds_in(reader, "scan_ms", kMostScan);
        if (keypad.options.scan > Milliseconds{0} && keypad.options.scan < kLeastScan)
            reader.fault(reader.line_of("scan_ms"), "too quick to be followed: 1000 to 5000");
        keypad.options.debounce = milliseconds_in(reader, "debounce_ms", kMostDebounce);
        read_speech(reader, keypad.speech);
        reader.finish();
    }
    if (faults.empty()) return keypad;
    return fail(ErrorCode::Invalid, to_string(faults.front()));
}

}  // namespace machikoe
