#include "app/voice/clip_store.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/synthesiser.h"

namespace machikoe {
namespace {

constexpr int kFormat = 1;
constexpr std::size_t kNameDigits = 32;

nlohmann::json json_of(const Clip& clip) {
    nlohmann::json json = {{"language", clip.language}, {"voice", clip.voice},
                           {"text", clip.text},         {"keys", clip.keys},
                           {"seconds", clip.seconds},   {"bytes", clip.bytes},
                           {"sha256", clip.sha256}};
    if (!clip.source.empty()) json["source"] = clip.source;
    return json;
}

Clip clip_of(const nlohmann::json& json) {
    Clip clip;
    clip.language = json.at("language").get<std::string>();
    clip.voice = json.at("voice").get<std::string>();
    clip.text = json.at("text").get<std::string>();
    clip.keys = json.at("keys").get<std::vector<std::string>>();
    clip.seconds = json.at("seconds").get<double>();
    clip.bytes = json.at("bytes").get<std::uintmax_t>();
    clip.sha256 = json.at("sha256").get<std::string>();
    clip.source = json.value("source", "");
    return clip;
}

/// A name becomes a path: nothing but hex digits.
bool is_clip_name(const std::string& name) {
    return name.size() == kNameDigits &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

std::string clip_name(const Spoken& spoken, Language said_in) {
    const Voice voice = voice_of(said_in);
    std::string all = "machikoe clip 1";
    const std::string settings =
        std::string(voice.parameters) + ", " + std::to_string(kOpusBitsPerSecond) + " bit/s";
    for (const std::string_view part :
         {speech_tag(said_in), voice.id, std::string_view(settings)}) {
        all += '\0';
        all += part;
    }
    all += '\0';
    all += spoken.canonical();
    return sha256_hex(all).substr(0, kNameDigits);
}

Result<ClipIndex> load_clip_index(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / kClipIndex;
    const auto bytes = load_file(file);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) return ClipIndex{};
    if (!bytes) return tl::unexpected(bytes.error());
    try {
        const nlohmann::json json = nlohmann::json::parse(*bytes);
        if (json.at("format") != kFormat)
            return fail(ErrorCode::Corrupt, file.string() + ": of another format");
        ClipIndex index;
        index.languages = json.at("languages").get<std::set<std::string>>();
        for (const auto& [name, clip] : json.at("clips").items()) {
            if (!is_clip_name(name))
                return fail(ErrorCode::Corrupt, file.string() + ": no name of a clip: " + name);
            index.clips.emplace(name, clip_of(clip));
        }
        return index;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Corrupt, file.string() + ": " + error.what());
    }
}

Status save_clip_index(const std::filesystem::path& folder, const ClipIndex& index) {
    nlohmann::json json = {
        {"format", kFormat}, {"languages", index.languages}, {"clips", nlohmann::json::object()}};
    for (const auto& [name, clip] : index.clips) json["clips"][name] = json_of(clip);
    const std::string bytes = json.dump(1) + "\n";
    const auto before = load_file(folder / kClipIndex);
    if (before && *before == bytes) return {};
    return replace_file(folder / kClipIndex, bytes);
}

std::filesystem::path clip_file(const std::filesystem::path& folder, std::string_view name) {
    return folder / kClipFolder / (std::string(name) + ".opus");
}

std::map<std::string, WantedClip> wanted_clips(const std::vector<Prompt>& prompts) {
    std::map<std::string, WantedClip> wanted;
    for (const Prompt& prompt : prompts) {
        const std::string name = clip_name(prompt.spoken, prompt.said_in);
        WantedClip& clip = wanted.try_emplace(name, WantedClip{prompt, {}}).first->second;
        clip.keys.push_back(std::string(tag_of(prompt.language)) + "/" + prompt.key);
    }
    for (auto& [name, clip] : wanted) std::ranges::sort(clip.keys);
    return wanted;
}

}  // namespace machikoe
