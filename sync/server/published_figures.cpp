#include "sync/server/published_figures.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

#include "sync/indicators/count_bytes.h"

namespace machikoe {
namespace {

constexpr std::string_view kPublicName = "machikoe-public\n";
constexpr std::size_t kMostEditions = 8;

}  // namespace

PublishedFigures::PublishedFigures(std::shared_ptr<const Pack> pack) : pack_(std::move(pack)) {
    totals_ = {pack_->hash, 0, EvaluationCounter(*pack_, kNoWardData).totals()};
}

template <class Archive>
void PublishedFigures::walk(Archive& archive, std::vector<Edition>& editions) {
    archive.list(editions, [&](Edition& edition) {
        archive.text(edition.pack_hash);
        archive.count(edition.responses);
        archive.text(edition.counts);
    });
}

void PublishedFigures::take(const Publication& publication) {
    if (publication.generation == generation_) return;
    generation_ = publication.generation;
    std::vector<Edition> editions;
    if (const auto body = opened_counts(kPublicName, publication.counts)) {
        CountReader reader(*body);
        walk(reader, editions);
        if (reader.failed() || !reader.at_end()) editions.clear();
    }
    // The row itself says how many were in the last, whatever became of its counts.
    if (editions.empty() && !publication.pack_hash.empty())
        editions.push_back({publication.pack_hash, publication.responses, ""});
    responses_.reset();
    figures_.reset();
    others_.clear();
    for (Edition& edition : editions) {
        if (edition.pack_hash != pack_->hash) {
            others_.push_back(std::move(edition));
            continue;
        }
        responses_ = edition.responses;
        EvaluationCounter counter(*pack_, kNoWardData);
        if (const Status read = counter.restore(edition.counts); !read) {
            spdlog::warn("server: what was published cannot be shown: {}", read.error().message);
            continue;
        }
        figures_ = std::make_shared<const Evaluation>(counter.evaluate());
        totals_ = {pack_->hash, edition.responses, counter.totals()};
    }
    if (!figures_) totals_ = {pack_->hash, 0, EvaluationCounter(*pack_, kNoWardData).totals()};
}

std::optional<Publication> PublishedFigures::next(const EvaluationCounter& counter) const {
    const std::int64_t now = counter.responses();
    if (std::abs(now - responses_.value_or(0)) < kPublicStep) return std::nullopt;
    std::vector<Edition> editions = others_;
    if (editions.size() >= kMostEditions) editions.erase(editions.begin());
    editions.push_back({pack_->hash, now, counter.save()});
    CountWriter writer;
    walk(writer, editions);
    return Publication{generation_, pack_->hash, now, sealed_counts(kPublicName, writer.take())};
}

}  // namespace machikoe
