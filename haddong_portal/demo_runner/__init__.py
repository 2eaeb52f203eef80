"""`make demo`: the whole portal on one machine, from nothing: servers, data, web, worker, clock."""
