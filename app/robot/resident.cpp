#include "app/robot/resident.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace machikoe {
namespace {

using Nodes = std::vector<const Node*>;

const Node* with_id(const Nodes& nodes, std::string_view id) {
    const auto found = std::ranges::find(nodes, id, &Node::id);
    return found == nodes.end() ? nullptr : *found;
}

/// The first of these that is there.
const Node* first_of(const Nodes& nodes, std::initializer_list<std::string_view> ids) {
    for (const std::string_view id : ids) {
        if (const Node* node = with_id(nodes, id)) return node;
    }
    return nullptr;
}

bool starts_with_one_of(std::string_view id, std::initializer_list<std::string_view> prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view p) { return id.starts_with(p); });
}

Nodes whose_ids_start_with(const Nodes& nodes, std::initializer_list<std::string_view> prefixes) {
    Nodes found;
    std::ranges::copy_if(nodes, std::back_inserter(found),
                         [&](const Node* node) { return starts_with_one_of(node->id, prefixes); });
    return found;
}

bool is_setting(std::string_view id) {
    return starts_with_one_of(
        id, {"ruby", "size", "text-size", "theme", "contrast", "display", "lang"});
}
bool is_reading(std::string_view id) {
    return starts_with_one_of(id, {"official", "help", "word", "policy", "page"});
}
/// Leads through the visit, or ends it.
bool is_way(std::string_view id) {
    return starts_with_one_of(
        id, {"begin",   "choose", "length", "issue",  "start",     "option", "next",
             "back",    "skip",   "refuse", "finish", "edit",      "submit", "again",
             "give-up", "quit",   "forget", "resume", "more-time", "close"});
}

/// The same on every machine, unlike std::hash: FNV-1a.
std::uint64_t fingerprint(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

}  // namespace

Sight sight_of(const Visit& visit, const std::vector<Node>& nodes) {
    return {visit.screen, visit.overlay, visit.section, visit.question, nodes};
}

bool is_touchable(const Node& node) {
    const bool is_control = node.role == Role::Button || node.role == Role::Key ||
                            node.role == Role::Toggle || node.role == Role::Choice ||
                            node.role == Role::Check || node.role == Role::Link;
    return is_control && node.enabled && node.bounds.w > 0 && node.bounds.h > 0;
}

Resident::Resident(Personality personality) : personality_(personality), dice_(personality.seed) {}

std::optional<Touch> Resident::decide(const Sight& sight) {
    const bool is_theirs = sight.screen != Screen::Saving && sight.screen != Screen::Thanks;
    if (personality_.walks_away_after && touches_ >= *personality_.walks_away_after && is_theirs) {
        // Asked whether somebody is there, some turn round once.
        const bool turns_round = sight.overlay == Overlay::StillThere && personality_.comes_back;
        has_walked_away_ = !turns_round;
        if (has_walked_away_) return std::nullopt;
        personality_.walks_away_after.reset();
    }
    Nodes touchable;
    for (const Node& node : sight.nodes) {
        if (is_touchable(node)) touchable.push_back(&node);
    }
    if (touchable.empty() || sight.screen == Screen::Saving) return std::nullopt;
    const Node* chosen = choose(sight, touchable);
    if (chosen == nullptr) return std::nullopt;

    ++touches_;
    Touch touch;
    touch.node = chosen->id;
    // Squared: mostly quick, now and then a long look.
    const double patience = dice_.share();
    touch.thinking = Milliseconds(
        std::max(400, static_cast<int>(personality_.tempo * (400 + 5600 * patience * patience))));
    if (dice_.chance(personality_.double_taps)) {
        touch.kind = Touch::Kind::DoubleTap;
    } else if (dice_.chance(personality_.drags_off)) {
        touch.kind = Touch::Kind::DragOff;
    }
    return touch;
}

const Node* Resident::choose(const Sight& sight, const Nodes& touchable) {
    std::string seen = std::string(name_of(sight.screen)) + '/' +
                       std::string(name_of(sight.overlay)) + '/' + std::string(sight.question);
    const bool is_new = seen != seen_;
    tries_ = is_new ? 0 : tries_ + 1;
    seen_ = std::move(seen);
    // Something here does not do what this person expects of it: they touch whatever there is.
    if (tries_ > 0 && tries_ % 12 == 0) return anything(touchable);

    if (sight.overlay != Overlay::None) return under_overlay(sight, touchable);
    if (personality_.quits_after && touches_ >= *personality_.quits_after) {
        if (const Node* quit = with_id(touchable, "quit")) return quit;
    }
    if (is_new && sight.screen != Screen::Attract) {
        if (const Node* whim = on_a_whim(sight, touchable)) return whim;
    }
    const Node* node = nullptr;
    switch (sight.screen) {
        case Screen::Attract:
            node = first_of(touchable, {"begin"});
            break;
        case Screen::Sleep:
            return nullptr;  // comes back when it is open
        case Screen::Language:
            node = of_languages(touchable);
            break;
        case Screen::Length:
            node = of_lengths(touchable);
            break;
        case Screen::Overview:
            node = of_issues(touchable);
            break;
        case Screen::Issue:
            node = first_of(touchable, {"start", "back"});
            break;
        case Screen::Question:
            node = on_question(sight, touchable);
            break;
        case Screen::Review:
            node = on_review(touchable);
            break;
        case Screen::SaveFailed:
            // Three times, then it is somebody else's trouble.
            node = tries_ < 3 ? first_of(touchable, {"again", "submit"})
                              : first_of(touchable, {"give-up", "quit"});
            break;
        case Screen::Thanks:
            if (dice_.chance(0.3)) return nullptr;  // reads until the screen ends by itself
            node = first_of(touchable, {"neighbours", "finish"});
            break;
        case Screen::Neighbours:
            node = first_of(touchable, {"page-more", "finish"});
            break;
        case Screen::Saving:
            break;
    }
    return node != nullptr ? node : anything(touchable);
}

const Node* Resident::under_overlay(const Sight& sight, const Nodes& touchable) {
    const Node* node = nullptr;
    if (sight.overlay == Overlay::ConfirmQuit) {
        const bool leaves = personality_.quits_after && personality_.means_to_quit;
        if (!leaves) personality_.quits_after.reset();
        node = leaves ? with_id(touchable, "forget") : with_id(touchable, "resume");
    } else if (sight.overlay == Overlay::Assistance) {
        const Nodes helpers = whose_ids_start_with(touchable, {"assistance:"});
        if (!helpers.empty()) node = dice_.one_of(helpers);
    } else if (whims_left_ > 0 && dice_.chance(personality_.is_curious)) {
        --whims_left_;
        const Nodes pages = whose_ids_start_with(touchable, {"page"});
        if (!pages.empty()) node = dice_.one_of(pages);
    }
    if (node == nullptr) node = first_of(touchable, {"resume", "more-time", "close"});
    return node != nullptr ? node : anything(touchable);
}

const Node* Resident::on_a_whim(const Sight& sight, const Nodes& touchable) {
    if (whims_left_ <= 0) return nullptr;
    const auto one_where = [&](auto is_wanted) -> const Node* {
        Nodes found;
        std::ranges::copy_if(touchable, std::back_inserter(found),
                             [&](const Node* node) { return is_wanted(node->id); });
        if (found.empty()) return nullptr;
        --whims_left_;
        return dice_.one_of(found);
    };
    if (dice_.chance(personality_.is_curious))
        return one_where(
            [](std::string_view id) { return is_reading(id) || !(is_way(id) || is_setting(id)); });
    if (sight.screen != Screen::Language && dice_.chance(personality_.adjusts))
        return one_where(is_setting);
    if (dice_.chance(personality_.goes_back))
        return one_where([](std::string_view id) { return id == "back"; });
    return nullptr;
}

const Node* Resident::of_languages(const Nodes& touchable) {
    const Nodes languages = whose_ids_start_with(touchable, {"choose:", "lang:"});
    if (languages.empty()) return nullptr;
    // Every second resident takes the first language, as most of a ward's residents would.
    if (personality_.language < 0.5) return languages.front();
    const double share = 2 * (personality_.language - 0.5);
    return languages[static_cast<std::size_t>(share * static_cast<double>(languages.size()))];
}

const Node* Resident::of_lengths(const Nodes& touchable) {
    const Nodes lengths = whose_ids_start_with(touchable, {"length:"});
    if (lengths.empty()) return nullptr;
    // From the shortest to the whole; who has an hour takes the last.
    const double place = std::clamp(personality_.leisure, 0.0, 0.999);
    return lengths[static_cast<std::size_t>(place * static_cast<double>(lengths.size()))];
}

const Node* Resident::of_issues(const Nodes& touchable) {
    Nodes issues = whose_ids_start_with(touchable, {"issue:"});
    if (!issues_to_open_) {
        const double wanted =
            std::round(personality_.interest * static_cast<double>(issues.size()));
        issues_to_open_ = std::max<std::size_t>(1, static_cast<std::size_t>(wanted));
    }
    std::erase_if(issues, [&](const Node* node) {
        return std::ranges::find(issues_opened_, node->id) != issues_opened_.end();
    });
    const Node* finish = with_id(touchable, "finish");
    const bool wants_more = issues_opened_.size() < *issues_to_open_ || finish == nullptr;
    if (wants_more && !issues.empty()) {
        const Node* issue = dice_.one_of(issues);
        issues_opened_.push_back(issue->id);
        return issue;
    }
    return finish != nullptr ? finish : with_id(touchable, "quit");
}

void Resident::look_at_question(const Sight& sight, const Nodes& touchable) {
    question_ = sight.question;
    plan_ = Plan::Answer;
    const bool is_private = sight.section == kAboutSection && !personality_.tells_about_self;
    if (with_id(touchable, "refuse") != nullptr && dice_.chance(personality_.refuses)) {
        plan_ = Plan::Refuse;
    } else if (is_private || dice_.chance(personality_.skips)) {
        plan_ = Plan::Skip;
    }
    const bool takes_one =
        std::ranges::any_of(touchable, [](const Node* node) { return node->role == Role::Choice; });
    taps_left_ = takes_one ? 1 : 1 + static_cast<int>(dice_.below(3));
    if (dice_.chance(personality_.changes_mind)) ++taps_left_;
}

const Node* Resident::on_question(const Sight& sight, const Nodes& touchable) {
    if (question_ != sight.question || tries_ == 0) look_at_question(sight, touchable);
    if (plan_ == Plan::Refuse) {
        if (const Node* refuse = with_id(touchable, "refuse")) return refuse;
    }
    if (plan_ == Plan::Skip) {
        const bool is_private = sight.section == kAboutSection && !personality_.tells_about_self;
        const Node* way = is_private ? first_of(touchable, {"finish", "skip", "next"})
                                     : first_of(touchable, {"skip", "next"});
        if (way != nullptr) return way;
    }
    if (taps_left_ > 0) {
        --taps_left_;
        if (const Node* node = answering(sight, touchable)) return node;
        taps_left_ = 0;  // a note
    }
    return after_answering(sight, touchable);
}

const Node* Resident::answering(const Sight& sight, const Nodes& touchable) {
    Nodes options = whose_ids_start_with(touchable, {"option:"});
    if (options.empty()) {
        // Keys, whatever they are called.
        Nodes keys = touchable;
        std::erase_if(keys, [](const Node* node) {
            return is_way(node->id) || is_setting(node->id) || is_reading(node->id);
        });
        return keys.empty() ? nullptr : dice_.one_of(keys);
    }
    std::erase_if(options, [](const Node* node) { return node->selected; });
    if (options.empty()) return nullptr;
    const double place = std::clamp(lean_on(sight.question), 0.0, 0.999);
    return options[static_cast<std::size_t>(place * static_cast<double>(options.size()))];
}

const Node* Resident::after_answering(const Sight& sight, const Nodes& touchable) {
    if (const Node* next = with_id(touchable, "next")) return next;
    // Next is held back: the answer is missing, or not allowed.
    if (const Node* node = answering(sight, touchable); node != nullptr && dice_.chance(0.8))
        return node;
    return first_of(touchable, {"clear", "skip", "finish", "back"});
}

/// Where on an ordered list of options this person stands: every question has a place of its
/// own not far from the middle, every person moves it a little, and what they know, did or
/// think of this one thing moves it most.  So no end of any list is left to nobody, and the
/// questions that hang on one answer ("know it") are asked of some and not of others.
double Resident::lean_on(std::string_view question) {
    // Through the engine: fingerprints of short ids that look alike lie close together.
    const double of_question = 0.35 + 0.3 * Dice(fingerprint(question)).share();
    return of_question + 0.2 * personality_.approval +
           dice_.between(-personality_.decided, personality_.decided);
}

const Node* Resident::on_review(const Nodes& touchable) {
    const Nodes edits = whose_ids_start_with(touchable, {"edit:"});
    if (!edits.empty() && whims_left_ > 0 && dice_.chance(personality_.changes_mind)) {
        --whims_left_;
        return dice_.one_of(edits);
    }
    return first_of(touchable, {"submit", "back"});
}

const Node* Resident::anything(const Nodes& touchable) {
    return dice_.one_of(touchable);
}

}  // namespace machikoe
