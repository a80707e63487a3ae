// About once a second: what others let out, a checkpoint when one is due, and the next publication.
#include <spdlog/spdlog.h>

#include <chrono>

#include "app/base/crypto.h"
#include "sync/server/admission.h"
#include "sync/server/api.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"

namespace machikoe {

Status Routes::prepare(Store& store) {
    if (Status put = store.put_pack(pack_->hash, pack_->plan.id, files_); !put) return put;
    const auto readmitted = readmit_all(intake_, store);
    if (!readmitted) return tl::unexpected<Error>(readmitted.error());
    if (*readmitted > 0) spdlog::info("server: {} envelopes left the quarantine", *readmitted);
    if (const auto released = release_ripe(intake_, store, options_.mix); !released)
        return tl::unexpected<Error>(released.error());
    if (Status started = counts_->start(store); !started) return started;
    const auto there = store.publication();
    if (!there) return tl::unexpected<Error>(there.error());
    published_->take(*there);
    api_->counts_are_loaded();
    return {};
}

Step Routes::follow() {
    return Step{AskStore([this, seen = counts_->seen(), generation = counts_->generation(),
                          known = published_->generation()](Store& store) {
        const auto news = LiveCounts::look(store, seen, generation);
        const auto publication = store.publication();
        return Continuation([this, news, publication] {
            if (news)
                counts_->take(*news);
            else
                spdlog::warn("server: {}", news.error().message);
            if (publication) published_->take(*publication);
            return news && publication ? write_derived() : done({});
        });
    })};
}

/// What is due to be written of the counts.
Step Routes::write_derived() {
    auto draft = counts_->to_write(clock_.monotonic());
    auto publication =
        counts_->is_recounting() ? std::nullopt : published_->next(counts_->counter());
    if (!draft && !publication) return done({});
    return Step{AskStore(
        [this, draft = std::move(draft), publication = std::move(publication)](Store& store) {
            Result<std::int64_t> written = 0;
            if (draft)
                written = store.put_checkpoint(draft->generation, draft->counts, draft->seen);
            Result<std::int64_t> put = 0;
            Result<Publication> there = Publication{};
            if (publication) {
                put = store.put_publication(*publication);
                there = store.publication();  // ours, or that of whoever was first
            }
            return Continuation([this, draft, written, publication, put, there] {
                const auto complain = [](const Error& error) {
                    if (error.code != ErrorCode::Conflict)
                        spdlog::warn("server: {}", error.message);
                };
                if (draft) counts_->wrote(*draft, written, clock_.monotonic());
                if (!written) complain(written.error());
                if (!put) complain(put.error());
                if (publication && there) published_->take(*there);
                return done({});
            });
        })};
}

std::optional<Routes::Counting> Routes::recount() {
    const auto number = counts_->wants_recount();
    if (!number) return std::nullopt;
    return Counting([this, pack = pack_, number = *number](const OpenStore& open,
                                                           const std::atomic<bool>& stopped) {
        auto result = std::make_shared<Result<LiveCounts::Recount>>(
            fail(ErrorCode::Unavailable, "there is no second connection to the store"));
        if (open) {
            auto reader = open();
            *result = reader ? LiveCounts::recount(*pack, **reader, number, stopped)
                             : tl::unexpected<Error>(reader.error());
        }
        return Continuation([this, result] {
            counts_->adopt(std::move(*result));
            return done({});
        });
    });
}

Routes::Live Routes::live() const {
    const auto start = std::chrono::steady_clock::now();
    const Evaluation evaluation = counts_->counter().evaluate();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    return {counts_->responses(), sha256_hex(counts_->counter().all_counts()), took.count(),
            counts_->is_recounting()};
}

void follow_now(Routes& routes, Store& store) {
    Step step = routes.follow();
    while (auto* ask = std::get_if<AskStore>(&step.next)) step = (*ask)(store)();
}

}  // namespace machikoe
