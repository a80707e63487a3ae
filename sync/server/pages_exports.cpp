// Single responses as files: asked for with a reason, made beside everything else, fetched.
#include <algorithm>

#include "sync/pages/exports.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxReason = 600;  // bytes
constexpr std::chrono::seconds kRefresh{3};

/// What is offered here: the others take longer to finish than a server may take to stop.
bool is_offered(std::string_view format) {
    return format == "csv" || format == "jsonl" || format == "sav" || format == "package";
}

bool is_reason(std::string_view text) {
    return text.size() <= kMaxReason &&
           std::ranges::any_of(text, [](char sign) { return sign != ' '; }) &&
           std::ranges::none_of(text, [](char sign) {
               return static_cast<unsigned char>(sign) < ' ' || sign == 0x7f;
           });
}

ExportLine line_of(const JobView& job) {
    using enum ExportLine::State;
    ExportLine line{job.id,        job.format, Running,           job.percent,
                    job.responses, job.bytes,  job.began.count(), job.trouble};
    if (job.state == JobState::Done) line.state = Done;
    if (job.state == JobState::Failed) line.state = Failed;
    if (job.state == JobState::Cancelled) line.state = Cancelled;
    return line;
}

}  // namespace

Step Pages::exports(const Shared& visit, std::string problem) {
    ExportDesk desk;
    desk.is_possible = jobs_.is_possible();
    desk.problem = std::move(problem);
    std::optional<std::chrono::seconds> refresh;
    for (const JobView& job : jobs_.of(visit->caller->account.name)) {
        if (job.state == JobState::Over) continue;
        if (job.state == JobState::Running) refresh = kRefresh;
        desk.jobs.push_back(line_of(job));
    }
    // A browser that asks again would send the form again.
    if (visit->request.method == "POST") refresh.reset();
    return done(page(*visit, std::string(word(visit->reader, "書き出し", "Exports")),
                     exports_page(visit->reader, desk), desk.problem.empty() ? 200 : 400, refresh));
}

Step Pages::start_export(const Shared& visit) {
    const Reader& reader = visit->reader;
    const std::string format = field(visit->form, "format");
    const std::string reason = field(visit->form, "reason");
    if (!is_offered(format) || !jobs_.is_possible())
        return done(error_response(400, "not offered here"));
    if (!is_reason(reason))
        return exports(visit, std::string(word(reader, "理由を書いてください。",
                                               "Say why single responses are needed.")));
    const std::string busy(
        word(reader, "ほかの書き出しが終わるのを待つか、古いファイルを消してください。",
             "Wait until another export has ended, or remove files that are there."));
    if (!jobs_.has_room()) return exports(visit, busy);
    return Step{AskStore([this, visit, format, reason, busy](Store& store) {
        // No record, no file.
        const Status noted = note_deed(
            store, visit->caller->account.name, "export-microdata",
            "all responses of " + pack_->plan.id + " as " + format + ": " + reason, clock_.wall());
        return Continuation([this, visit, format, busy, noted] {
            if (!noted) return done(store_failure(noted.error()));
            const auto begun =
                jobs_.start(visit->caller->account.name, *export_format_called(format));
            if (!begun && begun.error().code == ErrorCode::Conflict) return exports(visit, busy);
            if (!begun) return done(store_failure(begun.error()));
            return done(see_other("/exports"));
        });
    })};
}

Step Pages::cancel_export(const Shared& visit) {
    if (!jobs_.cancel(visit->caller->account.name, field(visit->form, "id")))
        return done(error_response(404, "no such export of this account"));
    return done(see_other("/exports"));
}

Step Pages::fetch_export(const Shared& visit) {
    const auto file = jobs_.file(visit->caller->account.name, field(visit->query, "id"));
    if (!file) return done(error_response(404, file.error().message));
    return Step{AskStore([this, visit, file = *file](Store& store) {
        const Status noted = note_deed(store, visit->caller->account.name, "export-fetched",
                                       file.name, clock_.wall());
        return Continuation([noted, file] {
            if (!noted) return done(store_failure(noted.error()));
            HttpResponse response;
            response.file = file.path;
            response.file_name = file.name;
            response.content_type = "application/octet-stream";
            return done(std::move(response));
        });
    })};
}

}  // namespace machikoe
