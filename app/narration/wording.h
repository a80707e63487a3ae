// Wording: what is said of what is on the screen.
//
// Of a node: its name, its value, what it is, how it stands, and which of how many it is.  Names
// are said in the language of the screen, a language that can be chosen in that language itself.
//
// Pure: nodes in, texts out, each as a person would see it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/ui/focus.h"
#include "app/ui/strings.h"

namespace machikoe {

struct Words {
    std::string text;  // without ruby
    Language language = Language::Ja;
    bool tells_answer = false;  // as Node: for headphones only

    bool operator==(const Words&) const = default;
};
using Wording = std::vector<Words>;

/// A text of the program.
Words program_words(const Strings& strings, std::string_view key, Language language,
                    std::initializer_list<std::string_view> slots = {});

class Worder {
  public:
    /// `speaks`: whether there is speech in a language.  REQUIRES: strings outlives the worder.
    Worder(const Strings& strings, std::function<bool(Language)> speaks)
        : strings_(strings), speaks_(std::move(speaks)) {}

    Wording of(const Node& node, const Focus& focus, Language language) const;
    /// Name, value and state alone: what changed while the person stayed where they are.
    Wording of_change(const Node& before, const Node& after, Language language) const;
    /// How it stands; nothing for what has no state.
    Wording state_of(const Node& node, Language language) const;
    /// What can be done here.
    Wording help(const Node& node, Language language) const;
    Wording of_key(PadKey key, Language language) const;
    Words text(std::string_view key, Language language,
               std::initializer_list<std::string_view> slots = {}) const {
        return program_words(strings_, key, language, slots);
    }

  private:
    void add_name(Wording& wording, const Node& node, Language language) const;
    void add_state(Wording& wording, const Node& node, Language language) const;

    const Strings& strings_;
    std::function<bool(Language)> speaks_;
};

}  // namespace machikoe
