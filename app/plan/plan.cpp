#include "app/plan/plan.h"

#include <algorithm>

namespace machikoe {

std::string_view name_of(Universe universe) {
    switch (universe) {
        case Universe::Resident:
            return "resident";
        case Universe::Parent:
            return "parent";
        case Universe::CommunityOrganisation:
            return "community-organisation";
        case Universe::Participant:
            return "participant";
    }
    return "unknown";
}

std::optional<Universe> universe_of(std::string_view name) {
    for (const Universe universe : {Universe::Resident, Universe::Parent,
                                    Universe::CommunityOrganisation, Universe::Participant}) {
        if (name_of(universe) == name) return universe;
    }
    return std::nullopt;
}

std::string_view name_of(TargetKind kind) {
    switch (kind) {
        case TargetKind::NoneGiven:
            return "none-given";
        case TargetKind::AtLeastPercent:
            return "at-least-percent";
        case TargetKind::AtLeastPrevious:
            return "at-least-previous";
        case TargetKind::CumulativeCount:
            return "cumulative-count";
        case TargetKind::AllAreas:
            return "all-areas";
        case TargetKind::NotMeasurable:
            return "not-measurable";
    }
    return "unknown";
}

bool is_share(TargetKind kind) {
    return kind == TargetKind::NoneGiven || kind == TargetKind::AtLeastPercent ||
           kind == TargetKind::AtLeastPrevious;
}

std::string_view name_of(Direction direction) {
    return direction == Direction::Up ? "up" : "down";
}

std::string_view name_of(IssuePicture picture) {
    switch (picture) {
        case IssuePicture::None:
            return "none";
        case IssuePicture::Neighbours:
            return "neighbours";
        case IssuePicture::Families:
            return "families";
        case IssuePicture::Learning:
            return "learning";
        case IssuePicture::Readiness:
            return "readiness";
        case IssuePicture::Gathering:
            return "gathering";
    }
    return "unknown";
}

std::int64_t yen_per_resident(std::int64_t thousand_yen, std::int64_t residents) {
    return (2 * 1000 * thousand_yen + residents) / (2 * residents);
}

const Issue* Plan::issue(std::string_view wanted) const {
    const auto found = std::ranges::find(issues, wanted, &Issue::id);
    return found == issues.end() ? nullptr : &*found;
}

}  // namespace machikoe
