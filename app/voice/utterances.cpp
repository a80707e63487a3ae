#include "app/voice/utterances.h"

#include <algorithm>

#include "app/base/file.h"
#include "app/plan/yaml_node.h"
#include "app/voice/numbers.h"
#include "app/voice/spoken_numbers.h"

namespace machikoe {
namespace {

class PackWalk {
  public:
    PackWalk(Language language, const Lexicon& lexicon) : language_(language), lexicon_(lexicon) {}

    std::vector<Utterance> take() { return std::move(found_); }

    void text(const std::string& key, const Text& text) {
        if (text.has(language_)) add(key, std::string(text.in(language_)), language_);
    }
    void official(const std::string& key, const std::string& text) { add(key, text, Language::Ja); }
    void statement(const std::string& key, const Statement& statement) {
        official(key + "/official", statement.official);
        text(key + "/plain", statement.plain);
    }
    void statements(const std::string& key, const std::vector<Statement>& all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            statement(key + "/" + std::to_string(i + 1), all[i]);
    }
    void issue(const Issue& issue) {
        const std::string key = "issues/" + issue.id + "/";
        text(key + "short_title", issue.short_title);
        text(key + "one_sentence", issue.one_sentence);
        statement(key + "title", issue.title);
        statement(key + "overview", issue.overview);
        statement(key + "strategy/title", issue.strategy.title);
        statement(key + "strategy/description", issue.strategy.description);
        statement(key + "action/title", issue.action.title);
        statement(key + "action/description", issue.action.description);
        statements(key + "remaining", issue.remaining);
        text(key + "what_was_done", issue.what_was_done);
        text(key + "what_will_change", issue.what_will_change);
    }
    void question(const Question& question) {
        const std::string key = "survey/" + question.id + "/";
        text(key + "text", question.text);
        text(key + "note", question.note);
        for (const Option& option : question.options)
            text(key + "options/" + option.id, option.label);
        if (question.bounds) text(key + "bounds/message", question.bounds->message);
        text(key + "unit", question.unit);
        for (std::size_t i = 0; i < question.phrases.size(); ++i)
            text(key + "phrase/" + std::to_string(i + 1), question.phrases[i]);
    }

  private:
    void add(const std::string& key, std::string text, Language said_in) {
        if (text.empty()) return;
        Spoken spoken = spoken_form(text, said_in, lexicon_);
        if (!spoken.silent())
            found_.push_back({language_, said_in, key, std::move(text), std::move(spoken)});
    }

    Language language_;
    const Lexicon& lexicon_;
    std::vector<Utterance> found_;
};

}  // namespace

std::vector<Utterance> pack_utterances(const Plan& plan, const Survey& survey, Language language,
                                       const Lexicon& lexicon) {
    PackWalk walk(language, lexicon);
    walk.text("pack/ward", plan.ward);
    walk.text("pack/title", plan.title);
    walk.official("pack/head", plan.head);
    if (plan.residents) walk.official("pack/facts/residents/source", plan.residents->source);
    walk.statement("policy/goal", plan.goal);
    walk.statement("policy/mission", plan.mission);
    walk.statements("policy/principles", plan.principles);
    walk.official("policy/reform/title", plan.reform_title);
    for (std::size_t i = 0; i < plan.reform.size(); ++i) {
        const std::string key = "policy/reform/rows/" + std::to_string(i + 1) + "/";
        walk.official(key + "item", plan.reform[i].item);
        walk.official(key + "content", plan.reform[i].content);
    }
    walk.text("policy/reform/plain", plan.reform_plain);
    walk.statements("policy/evaluation", plan.evaluation);
    for (const Issue& issue : plan.issues) walk.issue(issue);
    for (const GlossaryEntry& entry : plan.glossary) {
        walk.official("glossary/" + entry.id + "/term",
                      "{" + entry.term + "|" + entry.reading + "}");
        walk.text("glossary/" + entry.id + "/label", entry.label);
        walk.text("glossary/" + entry.id + "/meaning", entry.meaning);
    }
    walk.text("survey/purpose", survey.purpose);
    for (const Question& question : survey.questions) walk.question(question);
    for (const IndicatorDefinition& indicator : plan.indicators)
        walk.text("indicators/" + indicator.id + "/label", indicator.label);
    return walk.take();
}

std::vector<TemplatePart> split_template(std::string_view text, Language language) {
    std::vector<TemplatePart> parts;
    std::string said;
    const auto end_text = [&] {
        if (!said.empty()) parts.push_back({said, -1, ""});
        said.clear();
    };
    while (!text.empty()) {
        const bool slot =
            text.size() > 2 && text[0] == '{' && text[2] == '}' && text[1] >= '0' && text[1] <= '9';
        if (!slot) {
            said += text.front();
            text.remove_prefix(1);
            continue;
        }
        end_text();
        parts.push_back({"", text[1] - '0', ""});
        text.remove_prefix(3);
        for (const std::string_view counter : spoken_counters(language)) {
            // As a word of its own with ruby, {人|にん}, or as it is, つ.
            const std::string ruby = "{" + std::string(counter) + "|";
            const std::size_t end = text.find('}');
            if (text.starts_with(counter)) {
                parts.back().counter = counter;
                text.remove_prefix(counter.size());
                break;
            }
            if (text.starts_with(ruby) && end != std::string_view::npos) {
                parts.back().counter = counter;
                text.remove_prefix(end + 1);
                break;
            }
        }
    }
    end_text();
    return parts;
}

Result<std::vector<Utterance>> program_utterances(const std::filesystem::path& strings,
                                                  Language language, const Lexicon& lexicon) {
    const std::filesystem::path file = strings / (std::string(tag_of(language)) + ".yaml");
    const auto bytes = load_file(file);
    if (!bytes) return tl::unexpected(bytes.error());
    PackFaults faults;
    const auto root = parse_yaml(file.string(), *bytes, faults);
    if (!root || !faults.empty()) return fail(ErrorCode::Invalid, to_string(faults.front()));
    if (root->kind != YamlNode::Kind::Mapping)
        return fail(ErrorCode::Invalid, file.string() + ": not a mapping");
    std::vector<Utterance> found;
    const auto add = [&](const std::string& key, const std::string& text) {
        Spoken spoken = spoken_form(text, language, lexicon);
        if (!spoken.silent()) found.push_back({language, language, key, text, std::move(spoken)});
    };
    for (std::size_t i = 0; i < root->keys.size(); ++i) {
        const std::string key = "strings/" + root->keys[i].name;
        const auto parts = split_template(root->items[i].text, language);
        if (parts.size() == 1 && parts[0].slot < 0) {
            add(key, parts[0].text);
            continue;
        }
        for (std::size_t part = 0; part < parts.size(); ++part)
            if (parts[part].slot < 0) add(key + "#" + std::to_string(part), parts[part].text);
    }
    for (const NumberWord& number : number_words(language))
        add("number/" + number.key, number.text);
    return found;
}

}  // namespace machikoe
