#include <algorithm>

#include "app/base/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxPackBytes = 8u << 20;    // of the files, docs/pack.md
constexpr std::size_t kMaxReplyBytes = 16u << 20;  // as JSON, where signs are escaped
constexpr std::size_t kMaxFiles = 200;

/// A name that stays inside its folder, whatever is done with it.
bool is_file_name(std::string_view name) {
    constexpr std::string_view kEnding = ".yaml";
    return name.ends_with(kEnding) && wire::is_id(name.substr(0, name.size() - kEnding.size()));
}

/// The pack's hash as docs/pack.md defines it.  Computed here as well, so that a pack
/// damaged on its way is refused before anything reads it.
std::string hash_of(const PackFiles& files) {
    std::string canonical;
    for (const auto& [name, text] : files) {
        canonical.append(name).push_back('\0');
        canonical.append(std::to_string(text.size())).push_back('\0');
        canonical += text;
    }
    return sha256_hex(canonical);
}

}  // namespace

std::string encode_pack(const PackFiles& files, std::string_view id, std::string_view hash) {
    return wire::to_bytes(
        {{"version", kRecordVersion}, {"id", id}, {"hash", hash}, {"files", json(files)}});
}

Result<PackFiles> decode_pack(std::string_view bytes) {
    const auto parsed =
        wire::parse_object(bytes, "pack", {.bytes = kMaxReplyBytes, .values = 1'000});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "pack", fault);
    members.integer("version", kRecordVersion, kRecordVersion);
    if (!wire::is_id(members.text("id", 1, 40))) members.refuse("id", "not an id");
    const std::string hash = members.hex("hash", 64);
    const json& texts = members.object("files");
    if (texts.empty() || texts.size() > kMaxFiles) members.refuse("files", "too few or too many");
    PackFiles files;
    std::size_t size = 0;
    for (const auto& [name, text] : texts.items()) {
        if (!is_file_name(name) || !text.is_string()) {
            members.refuse("files", "holds what is not a YAML file");
            break;
        }
        size += text.get_ref<const std::string&>().size();
        if (size > kMaxPackBytes) {
            members.refuse("files", "too large");
            break;
        }
        files.emplace(name, text.get<std::string>());
    }
    if (fault.empty() && hash_of(files) != hash) members.refuse("hash", "does not match the files");
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return files;
}

}  // namespace machikoe
