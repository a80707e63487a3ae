// The real store behind a gate: what a server does while a commit takes its time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "sync/store/store.h"

namespace machikoe {

/// Holds every append back until it is let go.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
        --waiting_;
    }
    void set_open(bool open) {
        const std::lock_guard lock(mutex_);
        open_ = open;
        changed_.notify_all();
    }
    bool somebody_waits(std::chrono::seconds limit = std::chrono::seconds(20)) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, limit, [this] { return waiting_ > 0; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = true;
    int waiting_ = 0;
};

class GatedStore final : public Store {
  public:
    GatedStore(std::unique_ptr<Store> store, Gate& gate) : store_(std::move(store)), gate_(gate) {}
    Status add_code(const std::string& code_hash, const std::string& name, const std::string& site,
                    Milliseconds expires) override {
        return store_->add_code(code_hash, name, site, expires);
    }
    Result<KioskRow> use_code(const std::string& code_hash, const NewKiosk& kiosk,
                              Milliseconds now) override {
        return store_->use_code(code_hash, kiosk, now);
    }
    Result<KioskRow> kiosk_by_token(const std::string& token_hash) override {
        return store_->kiosk_by_token(token_hash);
    }
    Result<KioskRow> kiosk(const std::string& id) override { return store_->kiosk(id); }
    Status revoke(const std::string& kiosk) override { return store_->revoke(kiosk); }
    Status adopt(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                 Milliseconds now) override {
        return store_->adopt(kiosk, name, site, now);
    }
    Result<std::vector<KioskRow>> kiosks() override { return store_->kiosks(); }
    Result<std::vector<Receipt>> append(const std::string& kiosk,
                                        const std::vector<Incoming>& incoming,
                                        Milliseconds now) override {
        return store_->append(kiosk, incoming, now);
    }
    Result<std::vector<std::vector<Appended>>> append_together(
        const std::vector<const Group*>& groups, Milliseconds now) override {
        gate_.pass();
        return store_->append_together(groups, now);
    }
    Result<std::vector<WaitingGroup>> waiting_groups() override { return store_->waiting_groups(); }
    Result<std::vector<WaitingResponse>> waiting(const std::string& site,
                                                 const std::string& event) override {
        return store_->waiting(site, event);
    }
    Result<ReleasePlace> release(const std::vector<std::string>& waiting_ids,
                                 const std::vector<Response>& responses) override {
        return store_->release(waiting_ids, responses);
    }
    Result<std::string> opening(const std::string& epoch) override {
        return store_->opening(epoch);
    }
    Result<std::vector<HeldEnvelope>> quarantined(std::optional<Cause> cause,
                                                  const LedgerPlace& after,
                                                  std::size_t limit) override {
        return store_->quarantined(cause, after, limit);
    }
    Status readmit(const std::string& kiosk, std::int64_t sequence,
                   const Judgement& judgement) override {
        return store_->readmit(kiosk, sequence, judgement);
    }
    Result<std::vector<Gap>> gaps(const std::string& kiosk) override { return store_->gaps(kiosk); }
    Result<std::vector<ConflictRow>> conflicts() override { return store_->conflicts(); }
    Result<std::vector<FreeText>> free_texts(std::optional<ReviewState> state,
                                             const FreeTextId& after, std::size_t limit) override {
        return store_->free_texts(state, after, limit);
    }
    Status decide(const FreeTextId& id, const ReviewDecision& decision, Milliseconds now) override {
        return store_->decide(id, decision, now);
    }
    Result<std::string> sealed_original(const FreeTextId& id) override {
        return store_->sealed_original(id);
    }
    Status tag(const FreeTextId& id, const std::string& tag, bool on) override {
        return store_->tag(id, tag, on);
    }
    Result<std::vector<std::pair<std::string, std::int64_t>>> tag_counts() override {
        return store_->tag_counts();
    }
    Result<std::vector<FreeTextId>> unreviewed() override { return store_->unreviewed(); }
    Status hold_moment() override { return store_->hold_moment(); }
    Status note_health(const std::string& kiosk, const std::string& json) override {
        return store_->note_health(kiosk, json);
    }
    Result<Checkpoint> checkpoint() override { return store_->checkpoint(); }
    Result<std::vector<ReleasedGroup>> released_after(const Watermark& seen) override {
        return store_->released_after(seen);
    }
    Result<Publication> publication() override { return store_->publication(); }
    Result<std::int64_t> put_publication(const Publication& publication) override {
        return store_->put_publication(publication);
    }
    Status add_access_key(const AccessKey& key) override { return store_->add_access_key(key); }
    Result<AccessKey> access_key(const std::string& key_hash) override {
        return store_->access_key(key_hash);
    }
    Result<std::vector<AccessKey>> access_keys(const std::string& account) override {
        return store_->access_keys(account);
    }
    Status note_key_used(const std::string& key_hash, Milliseconds when) override {
        return store_->note_key_used(key_hash, when);
    }
    Status remove_access_key(const std::string& key_hash) override {
        return store_->remove_access_key(key_hash);
    }
    Result<Watermark> count_all(const std::function<void(const Response&)>& each) override {
        return store_->count_all(each);
    }
    Result<std::int64_t> put_checkpoint(std::int64_t generation, const std::string& counts,
                                        const Watermark& seen) override {
        return store_->put_checkpoint(generation, counts, seen);
    }
    Result<std::int64_t> delete_responses(const DeletionRule& rule) override {
        return store_->delete_responses(rule);
    }
    Status add_account(const Account& account) override { return store_->add_account(account); }
    Result<Account> account(const std::string& name) override { return store_->account(name); }
    Result<Account> invited(const std::string& hash) override { return store_->invited(hash); }
    Result<std::vector<Account>> accounts() override { return store_->accounts(); }
    Result<Account> change_account(const std::string& name,
                                   const std::function<Status(Account&)>& change) override {
        return store_->change_account(name, change);
    }
    Status remove_account(const std::string& name) override { return store_->remove_account(name); }
    Status put_session(const Session& session) override { return store_->put_session(session); }
    Result<Session> session(const std::string& hash) override { return store_->session(hash); }
    Status end_session(const std::string& hash) override { return store_->end_session(hash); }
    Status end_sessions_of(const std::string& name) override {
        return store_->end_sessions_of(name);
    }
    Status forget_sessions(Milliseconds started_before, Milliseconds unused_since) override {
        return store_->forget_sessions(started_before, unused_since);
    }
    Status note(const AuditEntry& entry) override { return store_->note(entry); }
    Result<std::vector<AuditEntry>> audit() override { return store_->audit(); }
    Result<std::vector<AuditEntry>> audit_before(std::int64_t before, std::size_t limit) override {
        return store_->audit_before(before, limit);
    }
    Status for_each_response(
        const std::function<bool(const std::string&, const Response&)>& each) override {
        return store_->for_each_response(each);
    }
    Result<Counts> counts() override { return store_->counts(); }
    Status put_pack(const std::string& hash, const std::string& id,
                    const PackFiles& files) override {
        return store_->put_pack(hash, id, files);
    }
    Result<PackFiles> pack(const std::string& hash) override { return store_->pack(hash); }
    Result<std::vector<std::string>> pack_hashes() override { return store_->pack_hashes(); }

  private:
    std::unique_ptr<Store> store_;
    Gate& gate_;
};

}  // namespace machikoe
