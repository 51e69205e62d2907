#!/bin/sh
# Takes the pictures of README and guide again, with the models that ship and the bundled media:
#   docs/pictures/take.sh build/release/app/gui/chladni
set -eu
chladni=$1
here=$(cd "$(dirname "$0")" && pwd)
demo=$here/../../resources/demo
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

take() {
  picture=$1
  shift
  "$chladni" "$@" --size 1440x900 --language en --screenshot "$here/$picture.png"
}

take workbench-light "$demo/ode_to_joy.mp4" --at 12 --dock attention
take workbench-dark "$demo/ode_to_joy.mp4" --at 12 --zoom 8 17 --spectrogram constant-q --theme dark --dock attention
take reconstruction "$demo/ode_to_joy.mp4" --at 12 --dock reconstruction
take attention-across "$demo/ode_to_joy.mp4" --model dualmae-s --at 12 --dock attention
take events "$demo/scene_with_events.mp4" --model events-s --at 5
take film "$demo/scene_with_events.mp4" --model events-s --at 13.6 --zoom 12 18
