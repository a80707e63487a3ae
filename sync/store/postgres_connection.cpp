#include "sync/store/postgres_connection.h"

#include <algorithm>
#include <array>

namespace machikoe {
namespace {

constexpr int kBinary = 1;

struct Known {
    std::string_view begins;  // the SQLSTATE or its class
    ErrorCode code;
};
constexpr Known kStates[] = {
    {"22", ErrorCode::Invalid},     // a value that no column takes
    {"23", ErrorCode::Conflict},    // a constraint
    {"28", ErrorCode::Denied},      // who we are
    {"42501", ErrorCode::Denied},   // what we may
    {"42", ErrorCode::Corrupt},     // not the tables or columns that we made
    {"3F", ErrorCode::Corrupt},     // no such schema
    {"XX001", ErrorCode::Corrupt},  // a damaged page
    {"XX002", ErrorCode::Corrupt},  // a damaged index
};

bool says_lost(std::string_view sqlstate) {
    // Shut down, crashed, starting; or the line itself.
    return sqlstate.starts_with("08") || sqlstate == "57P01" || sqlstate == "57P02" ||
           sqlstate == "57P03" || sqlstate == "25P03";
}

std::string one_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::ranges::replace(text, '\n', ' ');
    return text;
}

}  // namespace

ErrorCode code_of_sqlstate(std::string_view sqlstate) {
    for (const Known& known : kStates)
        if (sqlstate.starts_with(known.begins)) return known.code;
    return ErrorCode::Unavailable;
}

PgConnection::PgConnection(std::string url, std::string set_up)
    : url_(std::move(url)), set_up_(std::move(set_up)) {
    if (PQconninfoOption* parts = PQconninfoParse(url_.c_str(), nullptr)) {
        for (const PQconninfoOption* part = parts; part->keyword; ++part)
            if (std::string_view(part->keyword) == "password" && part->val) password_ = part->val;
        PQconninfoFree(parts);
    }
}

PgConnection::~PgConnection() {
    disconnect();
}

void PgConnection::disconnect() {
    if (connection_) PQfinish(connection_);
    connection_ = nullptr;
    prepared_.clear();
    sent_.clear();
}

std::string PgConnection::safe(std::string text) const {
    for (std::size_t at = 0; !password_.empty();) {
        at = text.find(password_, at);
        if (at == std::string::npos) break;
        text.replace(at, password_.size(), "***");
        at += 3;
    }
    return one_line(std::move(text));
}

void PgConnection::throw_lost() {
    const std::string why = connection_ ? safe(PQerrorMessage(connection_)) : "";
    disconnect();
    throw PgFailure({ErrorCode::Unavailable, "the connection to PostgreSQL was lost: " + why}, "",
                    true);
}

PgFailure PgConnection::failure_of(const PgRows& rows) {
    const char* field = PQresultErrorField(rows.get(), PG_DIAG_SQLSTATE);
    const std::string sqlstate = field ? field : "";
    const char* primary = PQresultErrorField(rows.get(), PG_DIAG_MESSAGE_PRIMARY);
    std::string message = safe(primary ? primary : PQresultErrorMessage(rows.get()));
    if (!sqlstate.empty()) message += " (SQLSTATE " + sqlstate + ")";
    const bool lost = PQstatus(connection_) != CONNECTION_OK || says_lost(sqlstate);
    return {{code_of_sqlstate(sqlstate), "PostgreSQL: " + message}, sqlstate, lost};
}

void PgConnection::connect() {
    // Before the URL what it may change, behind it what it may not.
    const std::array keywords{"connect_timeout",
                              "keepalives_idle",
                              "keepalives_interval",
                              "tcp_user_timeout",
                              "dbname",
                              "fallback_application_name",
                              "client_encoding",
                              static_cast<const char*>(nullptr)};
    const std::array values{"5",          "30",       "10",   "30000",
                            url_.c_str(), "machikoe", "UTF8", static_cast<const char*>(nullptr)};
    connection_ = PQconnectdbParams(keywords.data(), values.data(), 1);
    if (!connection_ || PQstatus(connection_) != CONNECTION_OK) {
        const std::string why = connection_ ? safe(PQerrorMessage(connection_)) : "out of memory";
        disconnect();
        throw PgFailure({ErrorCode::Unavailable, "PostgreSQL cannot be reached: " + why}, "", true);
    }
    // Notices are for people at a prompt.
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    const PgRows set_up(PQexec(connection_, set_up_.c_str()));
    if (PQresultStatus(set_up.get()) != PGRES_COMMAND_OK &&
        PQresultStatus(set_up.get()) != PGRES_TUPLES_OK) {
        const PgFailure failure = failure_of(set_up);
        disconnect();
        throw failure;
    }
    PQenterPipelineMode(connection_);
}

PGconn* PgConnection::connected() {
    if (connection_ && PQstatus(connection_) != CONNECTION_OK && sent_.empty()) disconnect();
    if (!connection_) {
        if (stays_)
            throw PgFailure({ErrorCode::Unavailable,
                             "the connection to PostgreSQL was lost, and with it the moment of "
                             "which everything was read"},
                            "", true);
        connect();
    }
    return connection_;
}

void PgConnection::run_script(const std::string& sql) {
    PGconn* connection = connected();
    PQexitPipelineMode(connection);
    const PgRows rows(PQexec(connection, sql.c_str()));
    const ExecStatusType status = PQresultStatus(rows.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const PgFailure failure = failure_of(rows);
        if (failure.lost())
            disconnect();
        else
            PQenterPipelineMode(connection);
        throw failure;
    }
    PQenterPipelineMode(connection);
}

void PgConnection::sent(int accepted, Sent what) {
    if (accepted != 1) throw_lost();
    sent_.push_back(what);
}

void PgConnection::send(const char* sql, const PgParams& params) {
    send_begin();
    PGconn* connection = connected();
    auto known = prepared_.find(sql);
    if (known == prepared_.end()) {
        known = prepared_.emplace(sql, "s" + std::to_string(++names_)).first;
        sent(PQsendPrepare(connection, known->second.c_str(), sql, params.size(), params.types()),
             {sql, true});
    }
    sent(PQsendQueryPrepared(connection, known->second.c_str(), params.size(), params.values(),
                             params.lengths(), params.formats(), kBinary),
         {});
}

void PgConnection::send_begin() {
    if (const char* how = std::exchange(begins_, nullptr)) send_plain(how, PgParams(), true);
}

void PgConnection::send_plain(const std::string& sql, const PgParams& params, bool hidden) {
    sent(PQsendQueryParams(connected(), sql.c_str(), params.size(), params.types(), params.values(),
                           params.lengths(), params.formats(), kBinary),
         {nullptr, hidden});
}

std::vector<PgRows> PgConnection::collect() {
    // Blocking sends cannot wait for each other here: the server reads a whole statement before
    // it answers, and only what is collected at once returns many rows.
    if (PQpipelineSync(connection_) != 1) throw_lost();
    const std::vector<Sent> all = std::move(sent_);
    sent_.clear();
    std::vector<PgRows> collected;
    std::optional<PgFailure> first;
    for (const Sent& each : all) {
        PgRows rows(PQgetResult(connection_));
        if (!rows.get()) throw_lost();
        const ExecStatusType status = PQresultStatus(rows.get());
        const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!done && each.prepares) prepared_.erase(each.prepares);
        if (!done && status != PGRES_PIPELINE_ABORTED && !first) first = failure_of(rows);
        if (first && first->lost()) {
            disconnect();
            throw *first;
        }
        while (PGresult* more = PQgetResult(connection_)) PQclear(more);
        if (!each.hidden) collected.push_back(std::move(rows));
    }
    const PgRows end(PQgetResult(connection_));
    if (PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) throw_lost();
    if (first) throw *first;
    return collected;
}

PgRows PgConnection::run(const char* sql, const PgParams& params) {
    send(sql, params);
    return std::move(collect().back());
}

PgRows PgConnection::run_once(const std::string& sql, const PgParams& params) {
    send_begin();
    send_plain(sql, params, false);
    return std::move(collect().back());
}

void PgConnection::begin(const char* how) {
    begins_ = how;
}

std::vector<PgRows> PgConnection::commit() {
    if (std::exchange(begins_, nullptr)) return {};  // nothing was done
    send_plain("COMMIT", PgParams(), false);
    try {
        std::vector<PgRows> collected = collect();
        // A transaction that failed before says ROLLBACK here, and calls that success.
        if (std::string_view(PQcmdStatus(collected.back().get())) != "COMMIT")
            throw PgFailure({ErrorCode::Unavailable, "PostgreSQL rolled the transaction back"}, "",
                            false);
        collected.pop_back();
        return collected;
    } catch (PgFailure& failure) {
        if (failure.lost()) failure.mark_unsure();
        throw;
    }
}

void PgConnection::rollback() noexcept {
    begins_ = nullptr;
    if (!connection_) return;
    if (!sent_.empty() || PQstatus(connection_) != CONNECTION_OK) return disconnect();
    if (PQtransactionStatus(connection_) == PQTRANS_IDLE) return;
    try {
        run_once("ROLLBACK");
    } catch (const std::exception&) {
        disconnect();
    }
}

}  // namespace machikoe
