// StageScene: a Stage for a Robot.  Saving, drawing and whatever else the owner of the
// stage does in a frame is done in the function it gives.
#pragma once

#include <functional>

#include "app/robot/robot.h"
#include "app/ui/stage.h"

namespace machikoe {

class StageScene final : public Scene {
  public:
    /// `frame` calls stage.frame() and answers a finished response with saved().
    StageScene(Stage& stage, std::function<void()> frame)
        : stage_(stage), frame_(std::move(frame)) {}

    void touch(PointerEvent event) override { stage_.input().push(event); }
    void frame() override { frame_(); }
    const Visit& visit() const override { return stage_.visit(); }
    const std::vector<Node>& nodes() const override { return stage_.nodes(); }

  private:
    Stage& stage_;
    std::function<void()> frame_;
};

}  // namespace machikoe
