// Format: which of the forms we have a client takes, from Accept and $format (OData 4.01 Part 1,
// 8.2.1 and 11.2.12; JSON Format 4.01, 3.1).
#pragma once

#include <optional>
#include <string_view>

namespace machikoe::odata {

enum class Control { None, Minimal };  // odata.metadata=…

/// For JSON.  nullopt: none that we have (406).  `format` is $format, or "".
std::optional<Control> json_form(std::string_view accept, std::string_view format);
/// For what is XML or plain text and nothing else.
bool takes(std::string_view accept, std::string_view format, std::string_view type,
           std::string_view short_name);
/// "application/json;odata.metadata=minimal"
std::string_view content_type_of(Control control);

}  // namespace machikoe::odata
