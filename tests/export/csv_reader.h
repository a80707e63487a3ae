// A CSV reader of the tests' own, written from RFC 4180 and not from our writer.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace machikoe {

/// Rows as column name → cell.  Throws when the text is not what docs/export.md promises.
inline std::vector<std::map<std::string, std::string>> read_csv(const std::string& text) {
    if (text.compare(0, 3, "\xEF\xBB\xBF") != 0) throw std::runtime_error("no byte order mark");
    std::vector<std::vector<std::string>> rows(1);
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 3; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                cell += '"';
                ++i;
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            if (!cell.empty()) throw std::runtime_error("quote inside a bare cell");
            quoted = true;
        } else if (c == ',') {
            rows.back().push_back(std::move(cell));
            cell.clear();
        } else if (c == '\r') {
            if (++i == text.size() || text[i] != '\n') throw std::runtime_error("CR without LF");
            rows.back().push_back(std::move(cell));
            cell.clear();
            rows.emplace_back();
        } else if (c == '\n') {
            throw std::runtime_error("LF without CR");
        } else {
            cell += c;
        }
    }
    if (quoted || !cell.empty() || !rows.back().empty())
        throw std::runtime_error("the last line is not ended");
    rows.pop_back();
    if (rows.empty()) throw std::runtime_error("no header");
    std::vector<std::map<std::string, std::string>> named;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        if (rows[r].size() != rows[0].size()) throw std::runtime_error("a ragged row");
        named.emplace_back();
        for (std::size_t i = 0; i < rows[0].size(); ++i)
            if (!named.back().emplace(rows[0][i], rows[r][i]).second)
                throw std::runtime_error("column twice: " + rows[0][i]);
    }
    return named;
}

}  // namespace machikoe
