// YamlReader: takes a mapping of a pack apart, key by key, and notes every fault.
//
// Strict: a required key must be there, an unknown key is a fault (a misspelt one would
// otherwise be lost), a value must have its shape.  Reading goes on after a fault, with a
// stand-in value, so that an author sees all faults at once; whoever reads must look at
// the faults before using what was read.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/plan/plan.h"
#include "app/plan/yaml_node.h"

namespace machikoe {

/// What reading one file needs to know.
struct YamlContext {
    std::string file;
    std::vector<Language> languages;  // every Text must have these; empty: not known
    PackFaults* faults = nullptr;     // REQUIRES: set

    void fault(int line, std::string reason) const;
};

enum class IdKind {
    Word,      // ^[a-z][a-z0-9_-]{0,39}$
    Question,  // ^[a-z][a-z0-9]{0,19}$
    Icon,      // ^[a-z0-9_]{1,40}$
};

template <class T>
using NamedValues = std::span<const std::pair<std::string_view, T>>;

/// REQUIRES: the node and the context outlive the reader; finish() is called at the end.
class YamlReader {
  public:
    /// `what` begins each reason, e.g. "question 'q1'"; "" for the file's root.
    YamlReader(const YamlContext& context, const YamlNode& node, std::string what);

    void set_what(std::string what) { what_ = std::move(what); }
    int line() const { return node_.line; }
    void fault(int line, const std::string& reason) const;
    /// No fault was noted since this reader was made: what it read may be compared.
    bool is_clean() const { return context_.faults->size() == faults_before_; }
    /// The line of a key's value, or of the mapping when it is absent.
    int line_of(std::string_view key) const;

    bool has(std::string_view key) const { return node_.find(key) != nullptr; }
    /// A key's value; nullptr, and for required() a fault, when it is absent.
    const YamlNode* required(std::string_view key);
    const YamlNode* optional(std::string_view key);

    std::string string(std::string_view key);
    std::string id(std::string_view key, IdKind kind = IdKind::Word);
    std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
    double percent(std::string_view key);
    bool boolean(std::string_view key);
    bool boolean_or_false(std::string_view key) { return has(key) && boolean(key); }
    Text text(std::string_view key);
    Text text_or_empty(std::string_view key) { return has(key) ? text(key) : Text{}; }
    /// A list of min … max of them.
    std::vector<Text> texts(std::string_view key, std::size_t min, std::size_t max);
    Statement statement(std::string_view key);
    std::vector<Statement> statements(std::string_view key, std::size_t min);
    /// The items of a list of min … max.
    std::span<const YamlNode> list(std::string_view key, std::size_t min, std::size_t max = 1000);
    /// A list of ids, none of them twice.
    std::vector<std::string> ids(std::string_view key, std::size_t min, IdKind kind = IdKind::Word);

    /// One of a closed set of words; the first of them stands in after a fault.
    template <class T>
    T one_of(std::string_view key, NamedValues<T> values) {
        const std::string word = string(key);
        for (const auto& [name, value] : values)
            if (name == word) return value;
        if (!word.empty()) fault(line_of(key), unknown_word(key, word));
        return values.front().second;
    }

    /// Every key that was not asked for is a fault.
    void finish() const;

  private:
    std::string string_in(const YamlNode& node, std::string_view key) const;
    std::string id_in(const YamlNode& node, std::string_view key, IdKind kind) const;
    Text text_in(const YamlNode& node, std::string_view key) const;
    Statement statement_in(const YamlNode& node, std::string_view key) const;
    static std::string unknown_word(std::string_view key, std::string_view word);

    const YamlContext& context_;
    const YamlNode& node_;
    std::string what_;
    std::size_t faults_before_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace machikoe
