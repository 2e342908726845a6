"""The foundations of every layer: errors, texts in several languages, ids, clock, paths, settings, logs.

Time, day and zone of this computer are asked of the clock here alone, so that tests can move it. Which letters count
as the same when texts are compared or sorted is decided by ``fold``; which rare character is drawn from which file,
for papers and window alike, also stands here.
"""
