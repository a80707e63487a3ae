// HealthReport: tells the server now and then how this kiosk is.
//
// At once after the start and every ten minutes; after a failure not before that either: answers go
// first, and a server that does not know the route yet is asked no more often.  Belongs to the
// thread of its Transport and Outbox.
#pragma once

#include <filesystem>
#include <optional>

#include "sync/client/client.h"

namespace machikoe {

inline constexpr Milliseconds kHealthEvery = std::chrono::minutes(10);

class HealthReport {
  public:
    HealthReport(Transport& transport, Outbox& outbox, const Clock& clock,
                 std::filesystem::path folder)
        : transport_(transport), outbox_(outbox), clock_(clock), folder_(std::move(folder)) {}

    /// Reports, if it is time.  How long to rest.
    Milliseconds step(const Enrolment& enrolment, const Standing& standing = {});

  private:
    Transport& transport_;
    Outbox& outbox_;
    const Clock& clock_;
    std::filesystem::path folder_;
    std::optional<Milliseconds> due_;  // monotonic; nullopt: now
};

}  // namespace machikoe
