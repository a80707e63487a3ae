#include "app/platform/keys.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <charconv>
#include <utility>

namespace machikoe {
namespace {

constexpr std::pair<std::string_view, int> kNamedKeys[] = {{"up", GLFW_KEY_UP},
                                                           {"down", GLFW_KEY_DOWN},
                                                           {"left", GLFW_KEY_LEFT},
                                                           {"right", GLFW_KEY_RIGHT},
                                                           {"enter", GLFW_KEY_ENTER},
                                                           {"kp_enter", GLFW_KEY_KP_ENTER},
                                                           {"space", GLFW_KEY_SPACE},
                                                           {"tab", GLFW_KEY_TAB},
                                                           {"escape", GLFW_KEY_ESCAPE},
                                                           {"backspace", GLFW_KEY_BACKSPACE},
                                                           {"insert", GLFW_KEY_INSERT},
                                                           {"delete", GLFW_KEY_DELETE},
                                                           {"home", GLFW_KEY_HOME},
                                                           {"end", GLFW_KEY_END},
                                                           {"page_up", GLFW_KEY_PAGE_UP},
                                                           {"page_down", GLFW_KEY_PAGE_DOWN},
                                                           {"kp_add", GLFW_KEY_KP_ADD},
                                                           {"kp_subtract", GLFW_KEY_KP_SUBTRACT},
                                                           {"kp_multiply", GLFW_KEY_KP_MULTIPLY},
                                                           {"kp_divide", GLFW_KEY_KP_DIVIDE},
                                                           {"kp_decimal", GLFW_KEY_KP_DECIMAL}};

/// The number behind a prefix, from `first` to `last`.
std::optional<int> number_behind(std::string_view name, std::string_view prefix, int first,
                                 int last) {
    if (!name.starts_with(prefix)) return std::nullopt;
    int number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + prefix.size(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < first || number > last)
        return std::nullopt;
    return number;
}

}  // namespace

std::optional<int> key_called(std::string_view name) {
    for (const auto& [each, code] : kNamedKeys)
        if (each == name) return code;
    if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'z') return GLFW_KEY_A + (name[0] - 'a');
    if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return GLFW_KEY_0 + (name[0] - '0');
    if (const auto number = number_behind(name, "f", 1, 25)) return GLFW_KEY_F1 + *number - 1;
    if (const auto number = number_behind(name, "kp_", 0, 9)) return GLFW_KEY_KP_0 + *number;
    return std::nullopt;
}

}  // namespace machikoe
