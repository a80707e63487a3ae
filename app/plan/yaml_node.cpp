#include "app/plan/yaml_node.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

constexpr std::size_t kDeepest = 12;  // the deepest place of a valid pack is 7 levels down

/// Leaves yaml-cpp at once; caught in parse_yaml and nowhere else.
struct Refusal {
    int line;
    std::string reason;
};

/// Turns yaml-cpp's events into YamlNodes.
class Builder final : public YAML::EventHandler {
  public:
    Builder(const std::string& file, PackFaults& faults) : file_(file), faults_(faults) {}
    std::optional<YamlNode> root;

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (root) throw Refusal{line_of(mark), "a second document"};
    }
    void OnDocumentEnd() override {}
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        throw Refusal{line_of(mark), "an alias; anchors and aliases are not allowed"};
    }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(begun(YamlNode::Kind::Null, mark, "", anchor));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode node = begun(YamlNode::Kind::Scalar, mark, tag, anchor);
        node.text = value;
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(begun(YamlNode::Kind::List, mark, tag, anchor));
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(begun(YamlNode::Kind::Mapping, mark, tag, anchor));
    }
    void OnMapEnd() override { close(); }

    static int line_of(const YAML::Mark& mark) { return mark.line < 0 ? 1 : mark.line + 1; }

  private:
    struct Open {
        YamlNode node;
        std::optional<YamlNode::Key> key;  // read, its value still to come
        std::set<std::string> seen;
    };

    static YamlNode begun(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                          YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor)
            throw Refusal{line_of(mark), "an anchor; anchors and aliases are not allowed"};
        // "?" is what yaml-cpp reports for a plain value, "!" for one in quotes.
        if (!tag.empty() && tag != "?" && tag != "!")
            throw Refusal{line_of(mark), "a tag; tags are not allowed"};
        YamlNode node;
        node.kind = kind;
        node.line = line_of(mark);
        return node;
    }

    void open(YamlNode node) {
        if (stack_.size() >= kDeepest) throw Refusal{node.line, "nested too deeply"};
        const bool is_key = !stack_.empty() && stack_.back().node.kind == YamlNode::Kind::Mapping &&
                            !stack_.back().key;
        if (is_key) throw Refusal{node.line, "a key that is not a word"};
        stack_.push_back({std::move(node), std::nullopt, {}});
    }

    void close() {
        if (stack_.empty()) throw Refusal{1, "closes what was never opened"};
        YamlNode node = std::move(stack_.back().node);
        stack_.pop_back();
        add(std::move(node));
    }

    void add(YamlNode node) {
        if (stack_.empty()) {
            root = std::move(node);
            return;
        }
        Open& parent = stack_.back();
        if (parent.node.kind == YamlNode::Kind::List) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            if (node.kind != YamlNode::Kind::Scalar)
                throw Refusal{node.line, "a key that is not a word"};
            parent.key = YamlNode::Key{std::move(node.text), node.line};
        } else {
            add_value(parent, std::move(node));
        }
    }

    void add_value(Open& parent, YamlNode node) {
        YamlNode::Key key = std::move(*parent.key);
        parent.key.reset();
        // yaml-cpp notices a missing value only at whatever comes after it.
        if (node.kind == YamlNode::Kind::Null) node.line = key.line;
        if (!parent.seen.insert(key.name).second) {
            faults_.push_back({file_, key.line, "duplicate key " + in_quotes(key.name)});
            return;
        }
        parent.node.keys.push_back(std::move(key));
        parent.node.items.push_back(std::move(node));
    }

    const std::string& file_;
    PackFaults& faults_;
    std::vector<Open> stack_;
};

std::optional<YamlNode> parse_checked(const std::string& file, const std::string& bytes,
                                      PackFaults& faults) {
    const auto last_line = 1 + static_cast<int>(std::ranges::count(bytes, '\n'));
    const auto refuse = [&](int line, std::string reason) {
        faults.push_back({file, std::min(line, last_line), std::move(reason)});
        return std::nullopt;
    };
    try {
        // yaml-cpp takes the end of the file for a missing closing quote.  It does not take
        // a document's end for one, so that a file cut within its last text is refused.
        std::istringstream in(bytes + "\n...\n");
        YAML::Parser parser(in);
        Builder builder(file, faults);
        while (parser.HandleNextDocument(builder)) {
        }
        if (!builder.root || builder.root->kind == YamlNode::Kind::Null)
            return refuse(1, "holds nothing");
        return std::move(builder.root);
    } catch (const Refusal& refusal) {
        return refuse(refusal.line, refusal.reason);
    } catch (const YAML::Exception& e) {
        return refuse(Builder::line_of(e.mark), "is not YAML: " + e.msg);
    } catch (const std::exception& e) {
        return refuse(1, std::string("cannot be read as YAML: ") + e.what());
    }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    const auto found = std::ranges::find(keys, key, &Key::name);
    if (found == keys.end()) return nullptr;
    return &items[static_cast<std::size_t>(found - keys.begin())];
}

std::optional<YamlNode> parse_yaml(const std::string& file, const std::string& bytes,
                                   PackFaults& faults) {
    if (bytes.empty()) {
        faults.push_back({file, 0, "is empty"});
        return std::nullopt;
    }
    // Before yaml-cpp sees them: it guesses at encodings, and takes U+0004 for the end.
    if (const auto bad = first_bad_byte(bytes)) {
        const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(*bad);
        const auto line = 1 + static_cast<int>(std::count(bytes.begin(), end, '\n'));
        faults.push_back({file, line, "is not UTF-8 text without tabs and control characters"});
        return std::nullopt;
    }
    return parse_checked(file, bytes, faults);
}

std::string in_quotes(std::string_view name) {
    constexpr std::size_t kLongest = 60;
    std::string shown(name.substr(0, kLongest));
    if (shown.size() < name.size()) {
        // Not within a character.
        while (!shown.empty() && (shown.back() & 0x80) != 0) shown.pop_back();
        shown += "…";
    }
    if (!shown.empty() && fault_in_string(shown)) shown = "?";
    return "'" + shown + "'";
}

}  // namespace machikoe
