"""What ``make bench`` runs: each module measures something beside named peers, in the same run."""
