"""What several tests share: frozen time, the source tree read as syntax, watchers for silence."""
