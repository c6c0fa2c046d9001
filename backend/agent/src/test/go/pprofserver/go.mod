module dev.weir/pprofserver

go 1.22
