#include "sync/simulation/disk.h"

#include <algorithm>

namespace machikoe::simulation {
namespace {

constexpr std::size_t kSectorBytes = 512;

}  // namespace

// ---- one file -------------------------------------------------------------------------

void DiskFile::apply(std::string& content, const Change& change) {
    if (change.truncates) {
        content.resize(change.at);
        return;
    }
    content.resize(std::max(content.size(), change.at + change.bytes.size()));
    std::copy(change.bytes.begin(), change.bytes.end(),
              content.begin() + static_cast<std::ptrdiff_t>(change.at));
}

std::optional<std::string_view> DiskFile::read(std::size_t at, std::size_t size) const {
    if (dead_) return std::nullopt;
    if (at >= now_.size()) return std::string_view();
    return std::string_view(now_).substr(at, size);
}

Done DiskFile::write(std::size_t at, std::string_view bytes) {
    if (dead_) return Done::NoPower;
    if (const Done refused = disk_->refusal(machine_); refused != Done::Yes) return refused;
    if (disk_->machine(machine_).trouble == Trouble::Full && at + bytes.size() > now_.size()) {
        ++disk_->counts_.refused_full;
        return Done::Full;
    }
    unsynced_.push_back({at, std::string(bytes), false});
    apply(now_, unsynced_.back());
    if (!disk_->is_last_change(machine_)) return Done::Yes;
    disk_->cut_power(machine_);
    return Done::NoPower;
}

Done DiskFile::truncate(std::size_t size) {
    if (dead_) return Done::NoPower;
    if (const Done refused = disk_->refusal(machine_); refused != Done::Yes) return refused;
    unsynced_.push_back({size, "", true});
    apply(now_, unsynced_.back());
    if (!disk_->is_last_change(machine_)) return Done::Yes;
    disk_->cut_power(machine_);
    return Done::NoPower;
}

Done DiskFile::sync() {
    if (dead_) return Done::NoPower;
    const bool last = disk_->is_last_change(machine_);
    if (last && disk_->dice_.one_in(2)) {
        disk_->cut_power(machine_);
        return Done::NoPower;
    }
    const Done refused = disk_->refusal(machine_);
    // After a failed sync the kernel calls the pages clean: some are on the disk, the others
    // never will be, unless they are written again.
    for (const Change& change : unsynced_)
        if (refused == Done::Yes || disk_->dice_.one_in(2)) apply(durable_, change);
    unsynced_.clear();
    if (refused == Done::Yes && !path_.empty()) {
        const auto found = disk_->now_.find(path_);
        if (found != disk_->now_.end() && found->second.get() == this)
            disk_->durable_[path_] = found->second;
    }
    if (!last) return refused;
    disk_->cut_power(machine_);
    return Done::NoPower;
}

// ---- all files ------------------------------------------------------------------------

bool Disk::is_here(std::string_view path) const {
    return path.size() > root_.size() + 1 && path.starts_with(root_) && path[root_.size()] == '/';
}

std::string Disk::machine_of(std::string_view path) const {
    const std::string_view rest = path.substr(root_.size() + 1);
    return std::string(rest.substr(0, rest.find('/')));
}

bool Disk::is_last_change(const std::string& name) {
    Machine& it = machine(name);
    return it.changes_left > 0 && --it.changes_left == 0;
}

Done Disk::refusal(const std::string& name) {
    const Machine& it = machine(name);
    const bool refused =
        it.trouble == Trouble::ReadOnly || (it.trouble == Trouble::Failing && dice_.one_in(3));
    if (refused) ++counts_.refused;
    return refused ? Done::Refused : Done::Yes;
}

std::shared_ptr<DiskFile> Disk::open(const std::string& path) {
    if (!machine(machine_of(path)).power) return nullptr;
    const auto found = now_.find(path);
    return found == now_.end() ? nullptr : found->second;
}

std::shared_ptr<DiskFile> Disk::create(const std::string& path) {
    const std::string name = machine_of(path);
    if (!machine(name).power) return nullptr;
    if (const auto found = now_.find(path); found != now_.end()) return found->second;
    if (refusal(name) != Done::Yes) return nullptr;
    auto file = std::make_shared<DiskFile>();
    file->disk_ = this;
    file->machine_ = name;
    file->path_ = path;
    now_[path] = file;
    if (!is_last_change(name)) return file;
    cut_power(name);
    return nullptr;
}

std::shared_ptr<DiskFile> Disk::nameless() {
    auto file = std::make_shared<DiskFile>();
    file->disk_ = this;
    return file;
}

bool Disk::exists(const std::string& path) const {
    // Empty files do not count, as in SQLite's own access to Unix.
    const auto found = now_.find(path);
    return found != now_.end() && found->second->size() > 0;
}

Done Disk::remove(const std::string& path, bool durably) {
    const std::string name = machine_of(path);
    if (!machine(name).power) return Done::NoPower;
    if (const Done refused = refusal(name); refused != Done::Yes) return refused;
    const bool last = is_last_change(name);
    if (const auto found = now_.find(path); found != now_.end()) {
        std::erase_if(unlinked_, [](const auto& file) { return file.expired(); });
        unlinked_.push_back(found->second);
        now_.erase(found);
    }
    if (durably) durable_.erase(path);
    if (!last) return Done::Yes;
    cut_power(name);
    return Done::NoPower;
}

// ---- power ----------------------------------------------------------------------------

void Disk::tear(std::string& content, const DiskFile::Change& change) {
    ++counts_.changes_torn;
    for (std::size_t from = 0; from < change.bytes.size();) {
        const std::size_t size =
            std::min(kSectorBytes - (change.at + from) % kSectorBytes, change.bytes.size() - from);
        if (dice_.one_in(2))
            DiskFile::apply(content, {change.at + from, change.bytes.substr(from, size), false});
        from += size;
    }
}

void Disk::lose(std::string& content, const std::vector<DiskFile::Change>& changes) {
    const std::uint64_t how = dice_.below(4);
    const std::size_t first_few = dice_.index(changes.size() + 1);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        bool kept = how == 1;
        bool torn = false;
        if (how == 2) {
            kept = i < first_few;
            torn = i == first_few;
        } else if (how == 3) {
            kept = dice_.one_in(2);
            torn = !kept && dice_.one_in(2);
        }
        if (kept)
            DiskFile::apply(content, changes[i]);
        else if (torn && !changes[i].truncates)
            tear(content, changes[i]);
        else
            ++counts_.changes_lost;
    }
}

/// A new file object: what was open before stays dead for ever.
std::shared_ptr<DiskFile> Disk::survivor(const DiskFile& file) {
    auto left = std::make_shared<DiskFile>();
    left->disk_ = this;
    left->machine_ = file.machine_;
    left->path_ = file.path_;
    left->durable_ = file.durable_;
    lose(left->durable_, file.unsynced_);
    left->now_ = left->durable_;
    return left;
}

void Disk::cut_power(const std::string& name) {
    Machine& victim = machine(name);
    if (!victim.power) return;
    ++counts_.power_cuts;
    victim.power = false;
    victim.changes_left = 0;
    Folder left;
    const auto decide = [&](const std::string& path) {
        if (left.contains(path)) return;
        const auto seen = now_.find(path);
        const auto kept = durable_.find(path);
        const bool same =
            seen != now_.end() && kept != durable_.end() && seen->second == kept->second;
        // A creation or a removal that was not synced may be on the disk or not.
        const bool newest = same || dice_.one_in(2);
        const auto& chosen = newest ? seen : kept;
        const bool is_there = newest ? seen != now_.end() : kept != durable_.end();
        left[path] = is_there ? survivor(*chosen->second) : nullptr;
    };
    const std::string prefix = root_ + "/" + name + "/";
    for (const Folder* folder : {&now_, &durable_})
        for (auto at = folder->lower_bound(prefix);
             at != folder->end() && at->first.starts_with(prefix); ++at)
            decide(at->first);
    for (Folder* folder : {&now_, &durable_})
        for (auto at = folder->lower_bound(prefix);
             at != folder->end() && at->first.starts_with(prefix);) {
            at->second->dead_ = true;
            at = folder->erase(at);
        }
    for (const auto& open : unlinked_)
        if (const auto file = open.lock(); file && file->machine_ == name) file->dead_ = true;
    for (auto& [path, file] : left)
        if (file) now_[path] = durable_[path] = file;
}

void Disk::cut_power_at(const std::string& name, std::int64_t changes) {
    machine(name).changes_left = changes;
}

void Disk::boot(const std::string& name) {
    machine(name).power = true;
    machine(name).changes_left = 0;
}

bool Disk::has_power(const std::string& name) const {
    const auto found = machines_.find(name);
    return found == machines_.end() || found->second.power;
}

void Disk::set_trouble(const std::string& name, Trouble trouble) {
    machine(name).trouble = trouble;
}

Trouble Disk::trouble(const std::string& name) const {
    const auto found = machines_.find(name);
    return found == machines_.end() ? Trouble::None : found->second.trouble;
}

void Disk::put(const std::string& path, std::string bytes) {
    auto file = std::make_shared<DiskFile>();
    file->disk_ = this;
    file->machine_ = machine_of(path);
    file->path_ = path;
    file->now_ = file->durable_ = std::move(bytes);
    now_[path] = durable_[path] = std::move(file);
}

std::optional<std::string> Disk::on_disk(const std::string& path) const {
    const auto found = durable_.find(path);
    if (found == durable_.end()) return std::nullopt;
    return found->second->durable_;
}

}  // namespace machikoe::simulation
