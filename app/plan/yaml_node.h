// YamlNode: one YAML file as plain data, every value with its line.
//
// Far less than YAML: one document, no anchors or aliases (a few bytes could stand for
// gigabytes), no tags, no key twice, no deep nesting.  yaml-cpp's exceptions stay inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/fault.h"

namespace machikoe {

struct YamlNode {
    enum class Kind { Null, Scalar, List, Mapping };
    struct Key {
        std::string name;
        int line = 0;
    };

    Kind kind = Kind::Null;
    int line = 0;                 // 1-based
    std::string text;             // Scalar
    std::vector<YamlNode> items;  // List, and the values of a Mapping
    std::vector<Key> keys;        // Mapping: names of items, index by index

    /// The value of a key; nullptr when it is absent or this is no mapping.
    const YamlNode* find(std::string_view key) const;
};

/// The file's root, or nullopt with at least one fault added.  A duplicate key is a fault,
/// but the first value stays and reading goes on.
std::optional<YamlNode> parse_yaml(const std::string& file, const std::string& bytes,
                                   PackFaults& faults);

/// 'a name' for a reason: in quotes, shortened, without anything that would spoil a log.
std::string in_quotes(std::string_view name);

}  // namespace machikoe
