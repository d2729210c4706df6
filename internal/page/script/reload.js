new EventSource(document.currentScript.dataset.from).onmessage = () => location.reload()
