#include "sync/export/csv.h"

#include <array>
#include <ostream>

namespace machikoe {
namespace {

constexpr std::array<std::string_view, 12> kRiskyStarts = {"=",  "+", "-",  "@",  "\t", "\r",
                                                           "\n", "'", "＝", "＋", "－", "＠"};

bool needs_guard(std::string_view text) {
    for (const std::string_view start : kRiskyStarts)
        if (text.starts_with(start)) return true;
    return false;
}

}  // namespace

void CsvLine::add(std::string_view text) {
    if (needs_guard(text))
        add_plain("'" + std::string(text));
    else
        add_plain(text);
}

void CsvLine::add_plain(std::string_view text) {
    if (!first_) line_ += ',';
    first_ = false;
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        line_ += text;
        return;
    }
    line_ += '"';
    for (const char c : text) {
        if (c == '"') line_ += '"';
        line_ += c;
    }
    line_ += '"';
}

void CsvLine::end(std::ostream& out) {
    out << line_ << "\r\n";
    line_.clear();
    first_ = true;
}

}  // namespace machikoe
