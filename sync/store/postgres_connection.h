// PgConnection: one connection to PostgreSQL, and the values and rows that go over it.
//
// For the postgres_*.cpp files of this folder only.  Everything travels in binary form with its
// length, so that no byte needs an escape, and statements travel together (libpq's pipeline):
// what is sent before collect() costs one round trip.  A constant text is prepared once per
// connection.
//
// Connects when it is first needed, and again after the connection was lost: what was under way
// then fails as lost, the next statement connects.  Failures are PgFailure, which must not leave
// this folder's files (pg_guarded).  No message holds a password.
//
// Belongs to one thread.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

class PgFailure : public std::exception {
  public:
    PgFailure(Error error, std::string sqlstate, bool lost)
        : error_(std::move(error)), sqlstate_(std::move(sqlstate)), lost_(lost) {}
    const char* what() const noexcept override { return error_.message.c_str(); }
    const Error& error() const { return error_; }
    const std::string& sqlstate() const { return sqlstate_; }  // "": none came
    bool lost() const { return lost_; }                        // the connection is gone
    bool unsure() const { return unsure_; }  // … and with it whether it committed
    void mark_unsure() { unsure_ = true; }

  private:
    Error error_;
    std::string sqlstate_;
    bool lost_;
    bool unsure_ = false;
};

/// What a SQLSTATE means for whoever called.
ErrorCode code_of_sqlstate(std::string_view sqlstate);

struct PgBytes {
    std::string_view bytes;
};

/// One column of many rows, for unnest().
class PgArray {
  public:
    enum class Of { Text, Bytes, Number };
    explicit PgArray(Of of);
    void add(std::string_view value);  // Text, Bytes
    void add(std::int64_t value);      // Number
    void add_null();
    std::int32_t size() const { return size_; }
    Of of() const { return of_; }
    std::string encoded() const;

  private:
    Of of_;
    std::int32_t size_ = 0;
    bool has_null_ = false;
    std::string elements_;
};

/// The values of $1, $2, …
class PgParams {
  public:
    template <class... Values>
    explicit PgParams(const Values&... values) {
        (add(values), ...);
    }
    // Points into itself; a deque that is moved leaves its elements where they are.
    PgParams(const PgParams&) = delete;
    PgParams& operator=(const PgParams&) = delete;
    PgParams(PgParams&&) = default;
    PgParams& operator=(PgParams&&) = default;

    void add(std::string_view text);
    void add(const std::string& text) { add(std::string_view(text)); }
    void add(std::int64_t number);
    void add(Milliseconds time) { add(static_cast<std::int64_t>(time.count())); }
    void add(PgBytes bytes);
    void add(const PgArray& array);
    template <class Value>
    void add(const std::optional<Value>& value) {
        if (value)
            add(*value);
        else
            add_null(null_type<Value>());
    }

    int size() const { return static_cast<int>(types_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

    static constexpr Oid kBytes = 17, kNumber = 20, kText = 25;

  private:
    template <class Value>
    static constexpr Oid null_type() {
        if (std::is_same_v<Value, PgBytes>) return kBytes;
        return std::is_convertible_v<Value, std::string_view> ? kText : kNumber;
    }
    void add_value(Oid type, std::string bytes);
    void add_null(Oid type);
    std::deque<std::string> held_;
    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
};

/// What one statement gave.
class PgRows {
  public:
    explicit PgRows(PGresult* result) : result_(result, &PQclear) {}
    int size() const { return PQntuples(result_.get()); }
    std::int64_t affected() const;
    bool null(int row, int column) const;
    std::string_view view(int row, int column) const;  // while this is there
    std::string text(int row, int column) const { return std::string(view(row, column)); }
    std::int64_t number(int row, int column) const;  // of any width
    Milliseconds time(int row, int column) const { return Milliseconds{number(row, column)}; }
    PGresult* get() const { return result_.get(); }

  private:
    std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
};

class PgConnection {
  public:
    /// `set_up` are statements for every new connection, without values.
    PgConnection(std::string url, std::string set_up);
    ~PgConnection();
    PgConnection(const PgConnection&) = delete;
    PgConnection& operator=(const PgConnection&) = delete;

    /// One statement, one round trip.  REQUIRES: `sql` lives as long as the program.
    PgRows run(const char* sql, const PgParams& params = PgParams());
    /// One that is not worth preparing.
    PgRows run_once(const std::string& sql, const PgParams& params = PgParams());
    /// Several statements, without values.
    void run_script(const std::string& sql);

    void send(const char* sql, const PgParams& params);
    /// The rows of what was sent since, in order.  The first failure is thrown, and the server
    /// has skipped what was sent behind it.
    std::vector<PgRows> collect();

    /// "BEGIN", "BEGIN ISOLATION LEVEL …": goes with the next statement.
    void begin(const char* how);
    /// Together with what was sent and not collected.  Lost here: nobody knows whether it is in.
    std::vector<PgRows> commit();
    void rollback() noexcept;
    /// From now on a lost connection stays lost: what was begun on it cannot be continued.
    void stay() { stays_ = true; }

  private:
    struct Sent {
        const char* prepares = nullptr;  // that statement; nullptr: none
        bool hidden = false;             // not asked for by the caller
    };
    PGconn* connected();
    void connect();
    void disconnect();
    void sent(int accepted, Sent what);
    void send_begin();
    void send_plain(const std::string& sql, const PgParams& params, bool hidden);
    [[noreturn]] void throw_lost();
    PgFailure failure_of(const PgRows& rows);
    std::string safe(std::string text) const;

    std::string url_;
    std::string password_;  // as it is in the URL; to take it out of messages
    std::string set_up_;
    PGconn* connection_ = nullptr;
    bool stays_ = false;
    const char* begins_ = nullptr;  // goes before the next statement
    std::map<const char*, std::string> prepared_;
    int names_ = 0;  // given to prepared statements of this connection
    std::vector<Sent> sent_;
};

/// Runs `work` and turns PgFailure into an Error.  `work` returns a Result<T>, a Status, or a
/// plain value/void.
template <class Work>
auto pg_guarded(Work&& work) {
    using Returned = std::invoke_result_t<Work>;
    if constexpr (std::is_void_v<Returned>) {
        try {
            work();
            return Status{};
        } catch (const PgFailure& failure) {
            return Status{tl::unexpected<Error>(failure.error())};
        }
    } else if constexpr (requires(Returned r) { r.error(); }) {
        try {
            return work();
        } catch (const PgFailure& failure) {
            return Returned{tl::unexpected<Error>(failure.error())};
        }
    } else {
        try {
            return Result<Returned>{work()};
        } catch (const PgFailure& failure) {
            return Result<Returned>{tl::unexpected<Error>(failure.error())};
        }
    }
}

}  // namespace machikoe
