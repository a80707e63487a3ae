#include "sync/wire/json.h"

#include <algorithm>
#include <array>
#include <set>

namespace machikoe::wire {
namespace {

using nlohmann::json;

const json kNoItems = json::array();
const json kNoMembers = json::object();

/// Stops the parser; never leaves parse_object().
struct Refused {
    const char* reason;
};

/// Watches the parser and stops it at the first thing that is over a limit.
class Watch {
  public:
    explicit Watch(JsonLimits limits) : limits_(limits) {}

    bool operator()(int depth, json::parse_event_t event, json& parsed) {
        switch (event) {
            case json::parse_event_t::object_start:
                names_.emplace_back();
                enter(depth);
                break;
            case json::parse_event_t::object_end:
                names_.pop_back();
                break;
            case json::parse_event_t::array_start:
                enter(depth);
                break;
            case json::parse_event_t::key:
                if (!names_.back().insert(parsed.get_ref<const std::string&>()).second)
                    throw Refused{"a member stands twice"};
                break;
            case json::parse_event_t::value:
                count();
                break;
            case json::parse_event_t::array_end:
                break;
        }
        return true;
    }

  private:
    void enter(int depth) {
        if (depth >= limits_.depth) throw Refused{"nested too deeply"};
        count();
    }
    void count() {
        if (++values_ > limits_.values) throw Refused{"too many values"};
    }

    JsonLimits limits_;
    std::size_t values_ = 0;
    std::vector<std::set<std::string>> names_;
};

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

}  // namespace

Result<json> parse_object(std::string_view bytes, std::string_view what, JsonLimits limits) {
    const auto refuse = [&](std::string_view reason) {
        return fail(ErrorCode::Invalid, std::string(what) + ": " + std::string(reason));
    };
    if (bytes.size() > limits.bytes) return refuse("too large");
    try {
        // By reference: the callback is copied into a std::function otherwise, and so
        // would its counters be.
        Watch watch(limits);
        json value = json::parse(
            bytes.begin(), bytes.end(),
            [&watch](int depth, json::parse_event_t event, json& parsed) {
                return watch(depth, event, parsed);
            },
            /*allow_exceptions=*/false);
        if (value.is_discarded()) return refuse("not JSON");
        if (!value.is_object()) return refuse("not a JSON object");
        return value;
    } catch (const Refused& refused) {
        return refuse(refused.reason);
    } catch (const json::exception&) {
        return refuse("not JSON");
    }
}

std::string to_bytes(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

Members::Members(const json& object, std::string path, std::string& fault)
    : object_(object.is_object() ? object : kNoMembers), path_(std::move(path)), fault_(fault) {
    if (!object.is_object() && fault_.empty()) fault_ = path_ + ": not an object";
}

std::string Members::path_of(std::string_view name) const {
    return path_ + "." + std::string(name);
}

void Members::refuse(std::string_view name, std::string_view reason) {
    if (fault_.empty()) fault_ = path_of(name) + ": " + std::string(reason);
}

const json* Members::member(const char* name) {
    if (!fault_.empty()) return nullptr;
    const auto found = object_.find(name);
    if (found != object_.end()) return &*found;
    refuse(name, "missing");
    return nullptr;
}

std::string Members::free_text(const char* name, std::size_t max_bytes) {
    const json* value = member(name);
    if (value == nullptr) return {};
    if (!value->is_string()) return refuse(name, "not a string"), "";
    const auto& text = value->get_ref<const std::string&>();
    if (text.size() > max_bytes) return refuse(name, "too long"), "";
    return text;
}

std::string Members::text(const char* name, std::size_t min_bytes, std::size_t max_bytes) {
    std::string text = free_text(name, max_bytes);
    if (text.size() < min_bytes) refuse(name, "too short");
    if (has_control(text)) refuse(name, "holds a control character");
    return text;
}

std::string Members::hex(const char* name, std::size_t digits) {
    std::string text = free_text(name, digits);
    if (!is_lower_hex(text, digits))
        refuse(name, "not " + std::to_string(digits) + " lower-case hex digits");
    return text;
}

std::string Members::long_hex(const char* name, std::size_t max_digits) {
    std::string text = free_text(name, max_digits);
    if (text.empty() || text.size() % 2 != 0 || !is_lower_hex(text, text.size()))
        refuse(name, "not pairs of lower-case hex digits");
    return text;
}

std::int64_t Members::integer(const char* name, std::int64_t min, std::int64_t max) {
    const json* value = member(name);
    if (value == nullptr) return min;
    if (!value->is_number_integer()) return refuse(name, "not a whole number"), min;
    // Positive numbers are kept unsigned, so only there can one be beyond int64.
    if (value->is_number_unsigned() &&
        value->get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return refuse(name, "out of bounds"), min;
    const auto number = value->get<std::int64_t>();
    if (number < min || number > max) return refuse(name, "out of bounds"), min;
    return number;
}

const json& Members::array(const char* name, std::size_t max_items) {
    const json* value = member(name);
    if (value == nullptr) return kNoItems;
    if (!value->is_array()) return refuse(name, "not an array"), kNoItems;
    if (value->size() > max_items) return refuse(name, "too many items"), kNoItems;
    return *value;
}

const json& Members::object(const char* name) {
    const json* value = member(name);
    if (value == nullptr) return kNoMembers;
    if (!value->is_object()) return refuse(name, "not an object"), kNoMembers;
    return *value;
}

namespace {

/// Which bytes belong to a set: find_first_not_of() would search the set anew for each of them.
class ByteSet {
  public:
    constexpr explicit ByteSet(std::string_view members) {
        for (const char c : members) is_in_[static_cast<unsigned char>(c)] = true;
    }
    bool holds_all(std::string_view text) const {
        bool all = true;
        for (const char c : text) all &= is_in_[static_cast<unsigned char>(c)];
        return all;
    }

  private:
    std::array<bool, 256> is_in_{};
};
constexpr ByteSet kHexDigits("0123456789abcdef");
constexpr ByteSet kIdSigns("abcdefghijklmnopqrstuvwxyz0123456789_-");

}  // namespace

bool is_lower_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits && kHexDigits.holds_all(text);
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 40 && text[0] >= 'a' && text[0] <= 'z' &&
           kIdSigns.holds_all(text);
}

}  // namespace machikoe::wire
