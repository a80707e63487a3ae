// Csv: one line of a CSV file, RFC 4180, for people who open it in a spreadsheet.
//
// Text comes from residents and must stay text.  A cell that begins with = + - @ (full-width
// ones too: Excel in Japan takes them), a tab or a line break could run as a formula, so it
// gets a leading '.  So does text that begins with ' already: dropping one leading ' gives
// every text back unchanged.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace machikoe {

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

class CsvLine {
  public:
    void add(std::string_view text);
    /// A number, or a word of ours (a name, a flag) that needs no guard; may be "".
    void add_plain(std::string_view text);
    void add(std::int64_t number) { add_plain(std::to_string(number)); }
    /// Writes the line with CRLF and starts a new one.
    void end(std::ostream& out);

  private:
    std::string line_;
    bool first_ = true;
};

}  // namespace machikoe
