// Keys: names of the keys of a keyboard, and so of whatever tells the machine that it is one.
#pragma once

#include <optional>
#include <string_view>

namespace machikoe {

/// The code that Window::on_key() tells: "a" to "z", "0" to "9", "f1" to "f25", "kp_0" to "kp_9",
/// "up", "down", "left", "right", "enter", "kp_enter", "space", "tab", "escape", "backspace",
/// "insert", "delete", "home", "end", "page_up", "page_down", "kp_add", "kp_subtract",
/// "kp_multiply", "kp_divide", "kp_decimal".  nullopt: none of these.
std::optional<int> key_called(std::string_view name);

}  // namespace machikoe
